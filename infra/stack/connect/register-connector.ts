import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Connector } from '../../../libs/platform/src/change-stream/connector/connector-for.js';
import { lastWords } from '../process/start-failure.js';
import { StackError } from '../stack-error.js';
import { connectorConfig, connectorStatus, putConnector, restartConnector } from './connect-client.js';
import type { SlotReader } from '../postgres/slot-reader.js';
import { judgeStatus } from './connector.decide.js';

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
  /** Who reads the slot: changes flow when it is Debezium, whatever a status says. */
  slotReader(): Promise<SlotReader>;
  /** What Kafka Connect has logged last: some failures it repeats for ever, and calls the task running. */
  log(): Promise<string>;
}

/**
 * Gives Kafka Connect the connector and waits until its task reads the slot. One that has failed is started again, twice.
 * Throws `connector-failed` with Debezium's reason.
 */
export async function registerConnector(registration: Registration): Promise<void> {
  const { connectUrl, connector, startAgain, slotReader } = registration;
  const endMs = performance.now() + RUNNING_MS;
  const before = await patiently(endMs, () => connectorConfig(connectUrl, connector.name));
  const same = before !== null && isDeepStrictEqual(before, { ...connector.config, name: connector.name });
  // A task with new settings or secrets is another one: the old one's connection says nothing of it.
  const formerPid = same && !startAgain ? null : (await slotReader()).pid;
  if (!same) await patiently(endMs, () => putConnector(connectUrl, connector));
  else if (startAgain) await restartConnector(connectUrl, connector.name);
  const reason = await failureOf(registration, formerPid, endMs);
  if (reason === null) return;
  throw new StackError('connector-failed', `The connector ${connector.name} does not run: ${reason}`);
}

/** Until its group has settled, Connect refuses changes or does not answer; it means what it says of the connector itself. */
async function patiently<T>(endMs: number, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const refusal = (error as Error).message;
      if (refusal.startsWith('400 ') || performance.now() > endMs)
        throw new StackError('connector-failed', `Kafka Connect does not take the connector: ${refusal}`, {
          cause: error,
        });
      await delay(LOOK_MS);
    }
  }
}

/** Null once the connector runs and reads by another connection than the former one; else the reason why it will not. */
async function failureOf(registration: Registration, formerPid: number | null, endMs: number): Promise<string | null> {
  const { connectUrl, connector, slotReader, log } = registration;
  for (let restarts = 0; performance.now() < endMs;) {
    const verdict = judgeStatus(await connectorStatus(connectUrl, connector.name), new URL(connectUrl).host);
    const reader = await slotReader();
    if (verdict.is === 'running' && reader.is === 'debezium' && reader.pid !== formerPid) return null;
    if (verdict.is === 'failed') {
      if (restarts === RESTARTS) return verdict.reason;
      restarts += 1;
      await restartConnector(connectUrl, connector.name);
      await delay(AFTER_RESTART_MS);
    }
    await delay(LOOK_MS);
  }
  const slot = `the slot ${connector.config['slot.name']}`;
  if ((await slotReader()).is === 'orderkeel')
    return `${slot} is read by an Orderkeel itself. Stop that one, or start it with ORDERKEEL_CHANGES=kafka; then run this again.`;
  return `after ${RUNNING_MS / 1000} s it does not read ${slot}. Its last words: ${lastWords(await log())}`;
}
