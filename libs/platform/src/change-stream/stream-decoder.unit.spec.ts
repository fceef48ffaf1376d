import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Catalog, TableDefinition } from './catalog/table-definition.js';
import type { ChangeEvent } from './change-event.js';
import { Relations } from './relations.js';
import { bytes } from './testing/pgoutput-bytes.js';
import { StreamDecoder } from './stream-decoder.js';
import { Oid } from './types/oid.js';

const SHAPE = [
  ['id', Oid.int4, -1],
  ['order_id', Oid.text, -1],
  ['note', Oid.text, -1],
] as const;

const TABLE: TableDefinition = {
  schema: 'order',
  table: 'order',
  columns: SHAPE.map(([name, typeOid, typmod]) => ({
    name,
    typeOid,
    typmod,
    typeName: '',
    notNull: name !== 'note',
    defaultExpression: null,
  })),
  primaryKey: ['id'],
};
const CATALOG: Catalog = { tables: new Map([['order.order', TABLE]]), derivedTypes: new Map(), database: 'shop' };
const RELATION = bytes.relation(7, 'order', 'order', SHAPE);

let events: ChangeEvent[];
let told: string[];
let reads: number;
let decoder: StreamDecoder;

/** Feeds messages as pg does: the buffer is overwritten after each call. */
async function feed(...messages: Buffer[]): Promise<void> {
  for (const message of messages) {
    const wait = decoder.feed(message);
    message.fill(0xff);
    await wait;
  }
}

beforeEach(() => {
  events = [];
  told = [];
  reads = 0;
  const relations = new Relations([{ schema: 'order', table: 'order', keyColumns: ['order_id'] }], CATALOG, () => {
    reads += 1;
    return Promise.resolve(CATALOG);
  });
  const handlers = {
    onBegin: ({ xid }: { xid: number }) => void told.push(`begin ${xid}`),
    onChange: (event: ChangeEvent) => void events.push(event),
    onCommit: ({ xid }: { xid: number }, endLsn: bigint) => void told.push(`commit ${xid} ${endLsn}`),
  };
  decoder = new StreamDecoder(
    relations,
    { topicPrefix: 'shop', database: 'shop' },
    handlers,
    () => 1_700_000_000_000_001,
  );
});

const relation = (): Buffer => Buffer.from(RELATION);
const begin = (): Buffer => bytes.begin(500n, 1_600_000_000_000_002, 41);

describe('the decoder of pgoutput', () => {
  it('tells begin and commit with what they carry', async () => {
    await feed(begin(), bytes.commit(500n, 560n));
    expect(told).toEqual(['begin 41', 'commit 41 560']);
  });

  it('gives events that own their bytes', async () => {
    await feed(begin(), relation(), bytes.insert(7, ['1', 'A', 'ä€😀']));
    expect(events[0]?.key).toBe('A');
    expect(events[0]?.after).toEqual({ id: 1, order_id: 'A', note: 'ä€😀' });
    expect(events[0]?.before).toBeNull();
    expect(events[0]?.keyJson()).toBe('{"order_id":"A"}');
    expect(events[0]?.commitTimeUs).toBe(1_600_000_000_000_002);
  });

  it('skips the tuples of tables that nobody wants, and counts them in the index', async () => {
    await feed(begin(), bytes.relation(8, 'other', 'table', SHAPE), relation());
    await feed(bytes.insert(8, ['1', 'A', null]), bytes.insert(7, ['1', 'A', null]), bytes.truncate(8));
    await feed(bytes.insert(7, ['2', 'B', null]));
    expect(events.map((event) => event.position)).toEqual([
      { commitLsn: 500n, index: 2 },
      { commitLsn: 500n, index: 6 },
    ]);
  });

  it('passes over types and logical messages', async () => {
    await feed(begin(), bytes.type(), relation(), bytes.logicalMessage(), bytes.insert(7, ['1', 'A', null]));
    expect(events.map((event) => event.position.index)).toEqual([0]);
  });

  it('makes two events, in order, of an update that changes the key', async () => {
    await feed(begin(), relation(), bytes.update(7, ['1', 'B', 'x'], { kind: 'O', row: ['1', 'A', 'x'] }));
    expect(events.map(({ op, key, position }) => [op, key, position.index])).toEqual([
      ['d', 'A', 0],
      ['c', 'B', 1],
    ]);
    expect(events[1]?.before).toBeNull();
  });

  it('fills what was not sent again from a full old row, and marks it where there is none', async () => {
    await feed(begin(), relation(), bytes.update(7, ['1', 'A', undefined], { kind: 'O', row: ['1', 'A', 'old'] }));
    await feed(bytes.update(7, ['1', 'A', undefined]));
    await feed(bytes.update(7, ['2', 'A', undefined], { kind: 'K', row: ['1', 'A', null] }));
    expect(events.map((event) => event.after?.['note'])).toEqual([
      'old',
      '__debezium_unavailable_value',
      '__debezium_unavailable_value',
    ]);
  });

  it('gives a delete the key of its old row, and empty values outside the replica identity', async () => {
    await feed(begin(), relation(), bytes.delete(7, 'K', ['1', null, null]));
    expect(events[0]?.key).toBe('');
    expect(events[0]?.before).toEqual({ id: 1, order_id: '', note: null });
    expect(events[0]?.after).toBeNull();
  });

  it('reads the catalogue again when a table is announced another time', async () => {
    await feed(begin(), relation(), relation(), bytes.insert(7, ['1', 'A', null]));
    expect(reads).toBe(1);
    expect(events).toHaveLength(1);
  });

  it('takes a column that is gone by now as the stream describes it', async () => {
    await feed(begin(), bytes.relation(7, 'order', 'order', [...SHAPE, ['gone', 99_999, -1]]));
    await feed(bytes.insert(7, ['1', 'A', null, 'was here']));
    expect(events[0]?.after).toMatchObject({ gone: 'was here' });
  });

  it('stops at a column whose type change events do not carry', async () => {
    const wide = bytes.relation(7, 'order', 'order', [
      ['id', Oid.int4, -1],
      ['order_id', 701, 53],
    ]);
    await expect(feed(begin(), wide)).rejects.toMatchObject({
      code: 'unsupported-column-type',
      message: expect.stringContaining('order.order.order_id'),
    });
  });

  it('names the place where a replicated transaction was made first', async () => {
    await feed(begin(), bytes.origin(99n, 'elsewhere'), relation(), bytes.insert(7, ['1', 'A', null]));
    expect(events[0]?.envelopeJson()).toContain('"origin":"elsewhere","origin_lsn":99}');
  });

  it('refuses a message that it does not know', async () => {
    await expect(feed(begin(), Buffer.concat([begin().subarray(0, 25), Buffer.from('?')]))).rejects.toMatchObject({
      code: 'protocol',
    });
  });
});
