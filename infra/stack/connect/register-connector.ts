import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Connector } from '../../../libs/platform/src/change-stream/connector/connector-for.js';
import { lastWords } from '../process/start-failure.js';
import { StackError } from '../stack-error.js';
import { beginAnewBehindGap } from './begin-anew.js';
import {
  connectorConfig,
  connectorProgress,
  connectorStatus,
  putConnector,
  restartConnector,
  resumeConnector,
} from './connect-client.js';
import type { StackSlot } from '../postgres/stack-slot.js';
import { judgeStatus } from './connector.decide.js';
import { patiently } from './patiently.js';

const RUNNING_MS = 180_000;
const LOOK_MS = 100;
const RESTARTS = 2;
/** Kafka Connect writes a status down a moment after the task has changed. */
const AFTER_RESTART_MS = 3_000;

/** What registering a connector takes. */
export interface Registration {
  readonly connectUrl: string;
  readonly connector: Connector;
  /** True: secrets have changed, which a task reads only when it starts. */
  readonly startAgain: boolean;
  /** Changes flow when Debezium reads it, whatever a status says. */
  readonly slot: StackSlot;
  /** Told what is done, one line each. */
  readonly say: (line: string) => void;
  /** What Kafka Connect has logged last: some failures it repeats for ever, and calls the task running. */
  log(): Promise<string>;
}

/**
 * Gives Kafka Connect the connector and waits until its task reads the slot, however long it copies the tables before. One
 * that has failed is started again, twice. Throws `slot-in-use` while an Orderkeel reads the slot, and `connector-failed`
 * with Debezium's reason.
 */
export async function registerConnector(registration: Registration): Promise<void> {
  const { connectUrl, connector, startAgain, slot, say } = registration;
  const { name, config } = connector;
  const endMs = performance.now() + RUNNING_MS;
  const reader = await slot.reader();
  if (reader.is === 'orderkeel') throw slotInUse(connector);
  const before = await patiently(endMs, () => connectorConfig(connectUrl, name));
  const same = before !== null && isDeepStrictEqual(before, { ...config, name });
  // A task with new settings or secrets is another one: the old one's connection says nothing of it.
  const formerPid = same && !startAgain ? null : reader.pid;
  const isRegistered = before !== null;
  const place = { connectUrl, name, snapshotMode: config['snapshot.mode'], isRegistered, slot, endMs };
  const anew = await beginAnewBehindGap(place);
  if (anew) say('The slot was read by others until now, so the connector begins with the tables');
  if (!same) await patiently(endMs, () => putConnector(connectUrl, connector));
  else if (startAgain && !anew) await restartConnector(connectUrl, name);
  if (isRegistered) await patiently(endMs, () => resumeConnector(connectUrl, name));
  const reason = await failureOf(registration, formerPid, endMs);
  if (reason === null) return;
  throw new StackError('connector-failed', `The connector ${name} does not run: ${reason}`);
}

/** Null once the connector runs and reads by another connection than the former one; else the reason why it will not. */
async function failureOf(registration: Registration, formerPid: number | null, endMs: number): Promise<string | null> {
  const { connectUrl, connector, slot, log } = registration;
  for (let restarts = 0; performance.now() < endMs || (await isCopying(registration));) {
    const verdict = judgeStatus(await connectorStatus(connectUrl, connector.name), new URL(connectUrl).host);
    const reader = await slot.reader();
    if (verdict.is === 'running' && reader.is === 'debezium' && reader.pid !== formerPid) return null;
    if (verdict.is === 'failed') {
      if (restarts === RESTARTS) return verdict.reason;
      restarts += 1;
      await restartConnector(connectUrl, connector.name);
      await delay(AFTER_RESTART_MS);
    }
    await delay(LOOK_MS);
  }
  if ((await slot.reader()).is === 'orderkeel') throw slotInUse(connector);
  return `after ${RUNNING_MS / 1000} s it does not read the slot ${connector.config['slot.name']}. Its last words: ${lastWords(await log())}`;
}

/** The tables are copied before the slot is read, and that takes as long as they are large. */
async function isCopying({ connectUrl, connector }: Registration): Promise<boolean> {
  const progress = await connectorProgress(connectUrl, connector.name).catch(() => null);
  return progress?.isCopying ?? false;
}

function slotInUse({ config }: Connector): StackError {
  return new StackError(
    'slot-in-use',
    `The slot ${config['slot.name']} is read by an Orderkeel itself. Stop that one, run this again, and start it with ORDERKEEL_CHANGES=kafka then.`,
  );
}
