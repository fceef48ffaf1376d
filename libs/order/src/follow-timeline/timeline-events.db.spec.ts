import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idFrom } from '@orderkeel/platform';
import pg from 'pg';
import { followStream, type ReceivedEvent } from '../../../../test/support/event-stream.js';
import { orderOverHttp, type OrderOverHttp } from '../../../../test/support/order-over-http.js';
import { until } from '../../../../test/support/until.js';

let app: OrderOverHttp;
beforeAll(async () => void (app = await orderOverHttp()));
afterAll(() => app.close());

const follow = (orderId: string) => followStream(`${app.url}/orders/${orderId}/timeline/events`);
const entry = (id: string) => (event: ReceivedEvent) => (event.data as { id?: string } | undefined)?.id === id;
const caughtUp = ({ event }: ReceivedEvent) => event === 'caught-up';
const note = async (orderId: string) =>
  (await app.call('POST', `/orders/${orderId}/statuses`, { statusCode: 'manual:note' })).body as { id: string };

/** Appends an entry as another process would: this one gets no hint. Gives its id once the work's end is committed. */
async function elsewhere(orderId: string, meanwhile: () => Promise<void> = async () => undefined): Promise<string> {
  const client = new pg.Client({ connectionString: app.db.adminUrl });
  await client.connect();
  try {
    const id = idFrom(Date.now(), randomUUID());
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO "order".order_status_history (id, order_id, module, status_code, recorded_at, written_by)
       VALUES ($1, $2, 'manual', 'manual:note', now(), 'elsewhere')`,
      [id, orderId],
    );
    await meanwhile();
    await client.query('COMMIT');
    return id;
  } finally {
    await client.end();
  }
}

describe('a live timeline', () => {
  it('gives the entries so far, says so, and goes on', async () => {
    const { orderId } = await app.placeOrder();
    await note(orderId);
    const stream = await follow(orderId);
    await stream.seen('it has caught up', caughtUp);
    const { body } = await app.call('GET', `/orders/${orderId}/timeline`);
    const before = (body['entries'] as { id: string }[]).map((data) => ({ event: 'status', id: data.id, data }));
    expect(stream.events).toEqual([...before, { event: 'caught-up', id: undefined, data: undefined }]);
    const later = await note(orderId);
    expect(await stream.seen('the note comes', entry(later.id))).toEqual({
      event: 'status',
      id: later.id,
      data: later,
    });
    stream.leave();
  });

  it('shows what another process wrote', async () => {
    const { orderId } = await app.placeOrder();
    const stream = await follow(orderId);
    await stream.seen('it has caught up', caughtUp);
    await stream.seen('the entry from elsewhere comes', entry(await elsewhere(orderId)));
    stream.leave();
  });

  it('leaves out nothing when transactions commit in the opposite order of their numbers', async () => {
    const { orderId } = await app.placeOrder();
    const stream = await follow(orderId);
    await stream.seen('it has caught up', caughtUp);
    const slow = await elsewhere(orderId, async () => {
      const fast = await elsewhere(orderId);
      await stream.seen('the faster comes first', entry(fast));
    });
    await stream.seen('the slower comes as well', entry(slow));
    stream.leave();
  });

  it('loses nothing that is written while streams open, and sends no entry twice on one of them', async () => {
    const { orderId } = await app.placeOrder();
    const writing = (async () => {
      const ids: string[] = [];
      for (let n = 0; n < 40; n += 1) ids.push(n % 2 === 0 ? (await note(orderId)).id : await elsewhere(orderId));
      return ids;
    })();
    const streams = [];
    for (let n = 0; n < 10; n += 1) streams.push(await follow(orderId));
    const ids = await writing;
    for (const stream of streams) {
      for (const id of ids) await stream.seen(`entry ${id} comes`, entry(id));
      const sent = stream.events.flatMap(({ id }) => (id === undefined ? [] : [id]));
      expect(sent).toHaveLength(41);
      expect(new Set(sent).size).toBe(41);
      stream.leave();
    }
  });

  it('is of one order that exists', async () => {
    const [{ orderId }, other] = [await app.placeOrder(), await app.placeOrder()];
    const stream = await follow(orderId);
    await stream.seen('it has caught up', caughtUp);
    await note(other.orderId);
    const last = await note(orderId);
    await stream.seen('its own note comes', entry(last.id));
    expect(stream.events.map(({ event }) => event)).toEqual(['status', 'caught-up', 'status']);
    stream.leave();
    const unknown = '/orders/01a1fd4b-7c4d-8000-8000-00000000dead/timeline/events';
    expect(await app.call('GET', unknown)).toMatchObject({ status: 404 });
  });

  it('ends when the server shuts down', async () => {
    const other = await orderOverHttp();
    const { orderId } = await other.placeOrder();
    const stream = await followStream(`${other.url}/orders/${orderId}/timeline/events`);
    await stream.seen('it has caught up', caughtUp);
    await other.close();
    await until('the stream has ended', stream.ended);
  });
});
