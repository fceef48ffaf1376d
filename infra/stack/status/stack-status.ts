import { connectorStatus, urlOf } from '../connect/connect-client.js';
import { slotReader } from '../postgres/slot-reader.js';
import { livingRecord } from '../process/process-record.js';
import { readStackFile } from '../stack-file.js';
import { adminUrlOf, postmasterOf, type StackPlace } from '../stack-place.js';
import { residentBytes } from './resident-bytes.js';

/** A process of the stack that lives. */
export interface StackProcess {
  readonly name: 'postgres' | 'broker' | 'connect';
  readonly pid: number;
  /** Of 127.0.0.1. */
  readonly port: number;
  /** Memory that it holds, its children included; null where the system does not tell. */
  readonly rssBytes: number | null;
}

/** How a stack is. Null stands for what cannot be asked, since what knows it does not run. */
export interface StackStatus {
  /** Those that live; a PostgreSQL of the user's own is none of them. */
  readonly processes: readonly StackProcess[];
  /** Kafka Connect's words for connector and task: RUNNING, FAILED, PAUSED, UNASSIGNED, ... */
  readonly connector: { readonly state: string | null; readonly task: string | null };
  /** The replication slot, and whether anybody reads it. */
  readonly slot: { readonly name: string; readonly active: boolean | null };
}

/** Looks at the processes, the connector and the slot; changes nothing. */
export async function stackStatus(
  place: StackPlace,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<StackStatus> {
  const file = await readStackFile(place.folder);
  const [postgres, kafka, worker] = await Promise.all([
    postmasterOf(place),
    livingRecord(place.folder.broker),
    livingRecord(place.folder.connect),
  ]);
  const url = await adminUrlOf(place, variables);
  const slot = file?.slot ?? `${place.namespace}_cdc`;
  const reader = url === null ? null : await slotReader(url, slot).catch(() => null);
  const said =
    worker === null ? null : await connectorStatus(urlOf(worker.ports[0]), file?.connector ?? place.namespace);
  return {
    processes: await Promise.all([
      ...(postgres === null ? [] : [described('postgres', postgres.pid, postgres.port)]),
      ...(kafka === null ? [] : [described('broker', kafka.pid, kafka.ports[0])]),
      ...(worker === null ? [] : [described('connect', worker.pid, worker.ports[0])]),
    ]),
    connector: { state: said?.connector.state ?? null, task: said?.tasks[0]?.state ?? null },
    slot: { name: slot, active: reader === null ? null : reader.is !== 'nobody' },
  };
}

async function described(name: StackProcess['name'], pid: number, port: number): Promise<StackProcess> {
  return { name, pid, port, rssBytes: await residentBytes(pid) };
}
