import { setTimeout as delay } from 'node:timers/promises';
import { connectorProgress, connectorStatus, forgetPosition, stopConnector } from './connect-client.js';
import { patiently } from './patiently.js';
import type { StackSlot } from '../postgres/stack-slot.js';

const LOOK_MS = 100;
/** Values of snapshot.mode with which Debezium does not copy rows. */
const WITHOUT_ROWS = ['no_data', 'never'];

/** A connector that may be there already, and its slot. */
interface Known {
  readonly connectUrl: string;
  readonly name: string;
  readonly snapshotMode: string | undefined;
  readonly isRegistered: boolean;
  readonly slot: StackSlot;
  readonly endMs: number;
}

/**
 * Lets a connector begin with the tables where its slot was read by others until now, as after a time in which Orderkeel read
 * the changes itself, or is not there any more: its topics lack what was changed meanwhile, and Debezium refuses to go on
 * (`trust_offset`). The slot is dropped, since Debezium copies the tables exactly only together with a slot that it makes
 * itself: beside one that exists it misses what is flushed and not yet visible at that moment, for good. False: it goes on
 * where it was. One that begins anew stays stopped until it is resumed.
 */
export async function beginAnewBehindGap(known: Known): Promise<boolean> {
  const { connectUrl, name, snapshotMode = 'initial', isRegistered, slot, endMs } = known;
  const { is, confirmed } = await slot.reader();
  if (is === 'debezium') return false;
  const progress = isRegistered ? await patiently(endMs, () => connectorProgress(connectUrl, name)) : null;
  if (progress?.isCopying) return false;
  if (progress !== null && confirmed !== null && confirmed <= progress.upTo) return false;
  if (isRegistered) await forget(connectUrl, name, endMs);
  const drops = confirmed !== null && !WITHOUT_ROWS.includes(snapshotMode);
  if (drops) await slot.drop();
  return progress !== null || drops;
}

async function forget(connectUrl: string, name: string, endMs: number): Promise<void> {
  await patiently(endMs, () => stopConnector(connectUrl, name));
  while (!(await hasStopped(connectUrl, name)) && performance.now() < endMs) await delay(LOOK_MS);
  await patiently(endMs, () => forgetPosition(connectUrl, name));
}

async function hasStopped(connectUrl: string, name: string): Promise<boolean> {
  const status = await connectorStatus(connectUrl, name);
  return status?.connector.state === 'STOPPED' && status.tasks.length === 0;
}
