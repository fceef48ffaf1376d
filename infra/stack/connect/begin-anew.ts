import { setTimeout as delay } from 'node:timers/promises';
import { connectorProgress, connectorStatus, forgetPosition, stopConnector } from './connect-client.js';
import { patiently } from './patiently.js';
import type { SlotReader } from '../postgres/slot-reader.js';

const LOOK_MS = 100;

/** A connector that is there already, and what is known of its slot. */
interface Known {
  readonly connectUrl: string;
  readonly name: string;
  readonly slot: SlotReader;
  readonly endMs: number;
}

/**
 * Lets a connector begin with the tables again where the slot is ahead of it, as after a time in which Orderkeel read the
 * changes itself, or is not there any more: its topics lack what was changed meanwhile, so Debezium refuses to go on
 * (`trust_offset`). False: it can go on. A connector that begins anew stays stopped until it is resumed.
 */
export async function beginAnewBehindGap({ connectUrl, name, slot, endMs }: Known): Promise<boolean> {
  if (slot.is === 'debezium') return false;
  const progress = await patiently(endMs, () => connectorProgress(connectUrl, name));
  if (progress === null || (slot.confirmed !== null && slot.confirmed <= progress.upTo)) return false;
  await patiently(endMs, () => stopConnector(connectUrl, name));
  while (!(await hasStopped(connectUrl, name)) && performance.now() < endMs) await delay(LOOK_MS);
  await patiently(endMs, () => forgetPosition(connectUrl, name));
  return true;
}

async function hasStopped(connectUrl: string, name: string): Promise<boolean> {
  const status = await connectorStatus(connectUrl, name);
  return status?.connector.state === 'STOPPED' && status.tasks.length === 0;
}
