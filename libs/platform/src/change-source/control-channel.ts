import pg from 'pg';
import type { ModuleTx } from '../database/module-tx.js';

/** A connection that waits for word from other processes. */
export interface ControlListener {
  close(): Promise<void>;
}

const CONNECT_AGAIN_MS = 1_000;

/** The channel on which operations tell the process that reads a slot to look at the executors' states again. */
function controlChannel(slot: string): string {
  return `${slot}_control`;
}

/** Tells it so with the commit of this transaction; `what` is for people who listen along. */
export async function tellReader(tx: ModuleTx, slot: string, what: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [controlChannel(slot), what]);
}

/**
 * Listens on a connection of its own, which costs nothing while nobody speaks. Connects again when it breaks, and then
 * acts as if it had heard something: what was said meanwhile is lost.
 */
export function listenForControl(url: string, slot: string, heard: () => void): ControlListener {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let wasBroken = false;
  const again = () => {
    if (closed) return;
    wasBroken = true;
    timer = setTimeout(() => void connect(), CONNECT_AGAIN_MS);
  };
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'orderkeel control', keepAlive: true });
    next.on('error', () => undefined);
    next.on('end', again);
    next.on('notification', heard);
    client = next;
    try {
      await next.connect();
      if (closed) return await next.end();
      await next.query(`LISTEN "${controlChannel(slot)}"`);
      if (wasBroken) heard();
      wasBroken = false;
    } catch {
      await next.end().catch(() => undefined);
    }
  };
  void connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
