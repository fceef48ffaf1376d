import type { Connector } from '../../../libs/platform/src/change-stream/connector/connector-for.js';

/** How a connector or its task is, and on which worker (`host:port`); a failed one leaves a Java stack trace. */
export interface PartStatus {
  readonly state: string;
  readonly worker_id: string;
  readonly trace?: string;
}

/** How far a connector has come, as Kafka Connect remembers it. */
export interface ConnectorProgress {
  /** The LSN up to which it has written the log to its topics. */
  readonly upTo: bigint;
  /** It is copying the tables, and reads the log only afterwards. */
  readonly isCopying: boolean;
}

/** How a connector is, as Kafka Connect says it. */
export interface ConnectorStatus {
  readonly connector: PartStatus;
  readonly tasks: readonly PartStatus[];
}

interface StoredOffsets {
  readonly offsets: readonly { readonly offset: { readonly lsn?: number; readonly snapshot_completed?: boolean } }[];
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

/** How far the connector has come; null while it has written nothing. Rejects while Connect cannot say. */
export async function connectorProgress(url: string, name: string): Promise<ConnectorProgress | null> {
  const { offsets } = JSON.parse(accepted(await ask(`${url}/connectors/${name}/offsets`, {}))) as StoredOffsets;
  const { lsn, snapshot_completed } = offsets[0]?.offset ?? {};
  return lsn === undefined ? null : { upTo: BigInt(lsn), isCopying: snapshot_completed === false };
}

/** Ends the connector's tasks and keeps the connector. */
export async function stopConnector(url: string, name: string): Promise<void> {
  accepted(await ask(`${url}/connectors/${name}/stop`, { method: 'PUT' }));
}

/** Forgets how far a stopped connector has come, so that it begins with the tables. Rejects until its tasks have ended. */
export async function forgetPosition(url: string, name: string): Promise<void> {
  accepted(await ask(`${url}/connectors/${name}/offsets`, { method: 'DELETE' }));
}

/** Lets a stopped connector go on; one that was not stopped is left as it is. */
export async function resumeConnector(url: string, name: string): Promise<void> {
  accepted(await ask(`${url}/connectors/${name}/resume`, { method: 'PUT' }));
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
