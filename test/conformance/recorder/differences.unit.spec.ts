import { describe, expect, it } from '@jest/globals';
import { differenceOf } from './differences.js';

const value = (text: string) => [{ topic: 't.order.order', partition: 1, key: '{"id":1}', value: text, headers: {} }];
const same = (one: string, other: string, step = '02-insert') => differenceOf(step, value(one), value(other)) === null;

describe('two recordings of a step', () => {
  it('are the same when times, positions and transactions are others', () => {
    expect(
      same(
        '{"lsn":1,"txId":2,"ts_ns":3,"sequence":"[null,\\"4\\"]"}',
        '{"lsn":5,"txId":6,"ts_ns":7,"sequence":"[\\"8\\",\\"9\\"]"}',
      ),
    ).toBe(true);
  });

  it.each([
    ['another value', '{"total":"0.10"}', '{"total":"0.1"}'],
    ['another order of fields', '{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['a null where a position was', '{"lsn":1}', '{"lsn":null}'],
    ['a missing field', '{"lsn":1,"xmin":null}', '{"lsn":1}'],
    ['another way to write a number', '{"n":1.10}', '{"n":1.1}'],
  ])('differ by %s', (_, one, other) => expect(same(one, other)).toBe(false));

  it('differ by a record that came twice, by the order within a key, by the partition and by a header', () => {
    const [a, b] = [value('{"n":1}')[0]!, value('{"n":2}')[0]!];
    const difference = (...made: (typeof a)[]) => differenceOf('02-insert', [a, b], made);
    expect(difference(a, b)).toBeNull();
    expect(difference(a, b, b)?.unexpected).toEqual(['3 t.order.order/1 {"id":1} {"n":2} []']);
    expect(difference(b, a)).not.toBeNull();
    expect(difference(a, { ...b, partition: 2 })).not.toBeNull();
    expect(difference(a, { ...b, headers: { op: 'c' } })).not.toBeNull();
  });

  it('may have any row of a key that lost some, and heartbeats as often as they like', () => {
    const row = (id: number) => `{"after":{"id":"${id}","order_id":"1"}}`;
    expect([same(row(1), row(2), '24-incremental-key-collision'), same(row(1), row(2))]).toEqual([true, false]);
    const beat = { topic: '__debezium-heartbeat.t', key: '{}', value: '{"ts_ms":1}' };
    expect(differenceOf('02-insert', [beat], [])).toBeNull();
    expect(differenceOf('17-heartbeat', [beat], [beat, beat])).toBeNull();
    expect(differenceOf('17-heartbeat', [beat], [])).not.toBeNull();
  });
});
