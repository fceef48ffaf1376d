import { OrderModule, SOURCE_POLICIES } from '@orderkeel/order';
import { CONTRACTS, declarationOf, settingsToken, type Change, type Clock, type ModuleTx } from '@orderkeel/platform';
import { IngestPorts } from '../../libs/order/src/contract/ingest-ports.js';
import { IngestIntent } from '../../libs/order/src/ingest-intent/ingest-intent.reaction.js';
import { orderSettings } from '../../libs/order/src/order.settings.js';
import { anIntent, type IntentWish } from '../builders/an-intent.js';
import { migratedDatabase, type MigratedDatabase } from './migrated-database.js';
import { moduleOverHttp, type ModuleOverHttp } from './module-over-http.js';

/** The order module alone, over HTTP, on a database of its own; nothing ingests unless it is asked to. */
export interface OrderOverHttp extends ModuleOverHttp {
  readonly db: MigratedDatabase;
  /** Where guards are registered. */
  readonly ports: IngestPorts;
  /** Does what the change stream would: ingests the received intents of these orders. */
  ingest(...orderIds: unknown[]): Promise<void>;
  /** Submits an intent, ingests it, and gives the order as the API shows it. */
  placeOrder(wish?: IntentWish): Promise<Record<string, unknown> & { orderId: string }>;
  /** Runs statements under order's role, for what has no route. */
  asOrder<T>(work: (tx: ModuleTx) => Promise<T>): Promise<T>;
}

const ANYTHING = { unknownSku: 'accept', unknownCustomer: 'accept' } as const;
const POLICIES = { 'channel.test': ANYTHING };

/** Starts it; the source channel.test may name any customer and SKU, others only known ones. */
export async function orderOverHttp(options: { clock?: Clock } = {}): Promise<OrderOverHttp> {
  const db = await migratedDatabase(options);
  const http = await moduleOverHttp([OrderModule], db.database, options.clock, [
    { provide: SOURCE_POLICIES, useValue: POLICIES },
    { provide: settingsToken('order'), useValue: orderSettings.parse({}) },
    { provide: CONTRACTS, useValue: declarationOf(OrderModule).publishes },
  ]);
  const ports = new IngestPorts();
  const ingest = async (...orderIds: unknown[]) => {
    const changes = orderIds.map((key) => ({ key, kind: 'c', row: {} }) as unknown as Change<never>);
    const reaction = new IngestIntent(ports, POLICIES);
    await db.database.batch('order', 'orderIntentIngestor', (tx) => reaction.react(changes, tx));
  };
  const placeOrder = async (wish: IntentWish = {}) => {
    const { body } = await http.call('POST', '/order-intents', anIntent(wish));
    await ingest(body['orderId']);
    return (await http.call('GET', `/orders/${String(body['orderId'])}`)).body as Record<string, unknown> & {
      orderId: string;
    };
  };
  return {
    ...http,
    db,
    ports,
    ingest,
    placeOrder,
    asOrder: (work) => db.database.command('order', { tenantId: null, actor: 'test' }, work),
    close: async () => {
      await http.close();
      await db.drop();
    },
  };
}
