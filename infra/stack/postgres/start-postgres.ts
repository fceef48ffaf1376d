import { installOn, locateDatabase, type Configuration, type LocatedDatabase } from '../../../apps/server/src/index.js';
import { stackSlot, type StackSlot } from './stack-slot.js';

/** Names of what the connector reads. */
interface StreamNames {
  readonly slot: string;
  readonly publication: string;
}

/** A PostgreSQL that the stack reads from, with everything installed. */
export interface StackPostgres {
  /** True: it is that of the data folder. */
  readonly embedded: boolean;
  /** Of the login that reads changes; holds the password: never log it. */
  readonly replicationUrl: URL;
  /** What the connector reads. */
  readonly slot: StackSlot;
  /** Lets an embedded one go on without this program. */
  leave(): Promise<void>;
}

/** What starting it takes, besides the configuration. */
interface Start extends StreamNames {
  /** Port of last time: Debezium looks for it there. */
  readonly lastPort: number | null;
  readonly say: (line: string) => void;
}

/**
 * Starts the embedded PostgreSQL, or takes it over where it runs, or checks the user's own; then brings it to what the programs
 * need. Throws with a message that says what to do.
 */
export async function startPostgres(configuration: Configuration, start: Start): Promise<StackPostgres> {
  const located = await locate(configuration, start);
  const leave = async () => located.embedded?.leave();
  try {
    const { migrations } = await installOn(located, start.publication);
    if (migrations.length > 0) start.say(`${migrations.length} migrations done`);
  } catch (error) {
    await leave();
    throw error;
  }
  return {
    embedded: located.embedded !== null,
    replicationUrl: new URL(located.urls.replication),
    slot: stackSlot(located.urls, start.slot),
    leave,
  };
}

/** The port of last time, unless another program has it by now. */
async function locate(configuration: Configuration, { slot, lastPort, say }: Start): Promise<LocatedDatabase> {
  const log = { info: say, warn: say };
  if (configuration.urls !== null || lastPort === null) return locateDatabase(configuration, slot, { log });
  try {
    return await locateDatabase(configuration, slot, { log, port: lastPort });
  } catch (error) {
    if ((error as { code?: string }).code !== 'port-taken') throw error;
    return locateDatabase(configuration, slot, { log });
  }
}
