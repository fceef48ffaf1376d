import type { Connector } from '../../../libs/platform/src/change-stream/connector/connector-for.js';

/** How a connector or its task is, and on which worker (`host:port`); a failed one leaves a Java stack trace. */
export interface PartStatus {
  readonly state: string;
  readonly worker_id: string;
  readonly trace?: string;
}

/** How a connector is, as Kafka Connect says it. */
export interface ConnectorStatus {
  readonly connector: PartStatus;
  readonly tasks: readonly PartStatus[];
}

/** While it looks for its broker, Connect may keep a caller waiting. */
const ANSWER_MS = 15_000;

/** The REST interface of a Connect on this machine. */
export function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Whether the worker has joined its group and read what it must know; that it answers at all says less. */
export async function isHealthy(url: string): Promise<boolean> {
  const answer = await ask(`${url}/health`, {}).catch(() => null);
  return answer?.status === 200;
}

/** What the connector was configured with last; null when there is none. Rejects while Connect cannot say. */
export async function connectorConfig(url: string, name: string): Promise<Readonly<Record<string, string>> | null> {
  const answer = await ask(`${url}/connectors/${name}/config`, {});
  if (answer.status === 404) return null;
  return JSON.parse(accepted(answer)) as Record<string, string>;
}

/** Makes the connector, or gives it this configuration. Rejects while Connect cannot take it (409), or will not (400). */
export async function putConnector(url: string, { name, config }: Connector): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  accepted(await ask(`${url}/connectors/${name}/config`, { method: 'PUT', headers, body: JSON.stringify(config) }));
}

/** How the connector is; null while nobody knows. */
export async function connectorStatus(url: string, name: string): Promise<ConnectorStatus | null> {
  const answer = await ask(`${url}/connectors/${name}/status`, {}).catch(() => null);
  return answer?.status === 200 ? (JSON.parse(answer.text) as ConnectorStatus) : null;
}

/** Starts the connector and its task again. */
export async function restartConnector(url: string, name: string): Promise<void> {
  await ask(`${url}/connectors/${name}/restart?includeTasks=true`, { method: 'POST' });
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The text of an answer that is no refusal. */
function accepted({ status, text }: Answer): string {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return text;
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
  return { status: answer.status, text: await answer.text() };
}
