import pg from 'pg';
import { heldByOthers, readByOthers } from './source-claim.store.js';

/** How a program comes to the changes: by PostgreSQL's own log, or by topics that Debezium writes. */
export type SourceKind = 'embedded' | 'kafka';

/** Keeps programs that come to the changes in the other way from running executors; it ends with the process. */
export interface SourceClaim {
  release(): Promise<void>;
}

/** What a claim is made with. */
interface Claiming {
  readonly url: string;
  readonly slot: string;
  readonly kind: SourceKind;
  /** Who we are, for those who are kept out. */
  readonly owner: string;
  /** The connection was lost, and meanwhile a program of the other kind has come. */
  lost(error: Error): void;
}

const CONNECT_AGAIN_MS = 1_000;
/** Of the server: a machine that has vanished must not keep others out for hours. */
const KEEPALIVES = 'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/**
 * Claims an installation's executors for programs of this kind, on a session of its own. Executors would otherwise be sent
 * to the tables by each kind in turn: no effect would be lost or doubled, and none would come on. Throws `other-source`,
 * which says who runs already and what to do.
 */
export async function claimSource(claiming: Claiming): Promise<SourceClaim> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let released = false;
  const again = () => {
    if (!released) timer = setTimeout(() => void take().catch(failed), CONNECT_AGAIN_MS);
  };
  const failed = (error: Error & { code?: string }) => (error.code === OTHER_SOURCE ? claiming.lost(error) : again());
  const take = async () => {
    client = await claimOnce(claiming);
    if (released) return client.end();
    client.on('end', again);
  };
  await take();
  return {
    release: async () => {
      released = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

const OTHER_SOURCE = 'other-source';

/** Locks for the own kind first and then looks for the other: of two that come at once, one sees the other at least. */
async function claimOnce({ url, slot, kind, owner }: Claiming): Promise<pg.Client> {
  const name = `orderkeel ${owner}`.slice(0, 63);
  const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(KEEPALIVES);
    const others = await heldByOthers(client, slot, kind);
    if (others !== null) throw refusal(kind, others);
    const reader = kind === 'embedded' ? await readByOthers(client, slot) : null;
    if (reader !== null) throw slotRefusal(slot, reader);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function refusal(kind: SourceKind, others: string): Error {
  const message =
    kind === 'embedded'
      ? `Programs with ORDERKEEL_CHANGES=kafka run the executors of this database (${others}): start this one with ORDERKEEL_CHANGES=kafka too, or stop those first.`
      : `An Orderkeel that reads the change stream itself runs the executors of this database (${others}): stop it first, or start this one without ORDERKEEL_CHANGES=kafka.`;
  return Object.assign(new Error(message), { code: OTHER_SOURCE, retriable: true });
}

function slotRefusal(slot: string, reader: string): Error {
  const message = `The slot ${slot} is read by ${reader}, as a connector of Kafka Connect does: start with ORDERKEEL_CHANGES=kafka, or end the connector first (npm run stack:down ends that of the stack).`;
  return Object.assign(new Error(message), { code: OTHER_SOURCE, retriable: true });
}
