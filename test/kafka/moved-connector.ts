import { registerConnector } from '../../infra/stack/connect/register-connector.js';
import { stopConnector } from '../../infra/stack/connect/connect-client.js';
import { stackSlot, type StackSlot } from '../../infra/stack/postgres/stack-slot.js';
import { connectorWithOwnSlot, filledConnector, flowStack, slotOf } from '../support/flow-connector.js';
import type { MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';

const { connectUrl } = flowStack()!;

/** The connector of one database, begun and ended as `stack:up` and `stack:down` do, while other flows go on. */
export class MovedConnector {
  /** What was told to people. */
  readonly said: string[] = [];

  private constructor(
    private readonly slot: StackSlot,
    private readonly connector: Awaited<ReturnType<typeof filledConnector>>,
  ) {}

  static async of(folder: string, db: MigratedDatabase): Promise<MovedConnector> {
    const slot = stackSlot({ admin: db.adminUrl, replication: db.replicationUrl }, slotOf(db));
    return new MovedConnector(slot, await filledConnector(await connectorWithOwnSlot(folder, db), db));
  }

  /** Lets it read the slot. */
  async register(): Promise<void> {
    const { connector, slot, said } = this;
    await registerConnector({
      connectUrl,
      connector,
      startAgain: false,
      slot,
      say: (line) => said.push(line),
      log: async () => '',
    });
  }

  /** Lets it read no more. */
  async end(): Promise<void> {
    await stopConnector(connectUrl, this.connector.name);
    await until('nobody reads the slot', async () => (await this.slot.reader()).is === 'nobody');
  }
}
