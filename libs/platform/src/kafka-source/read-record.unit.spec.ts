import { describe, expect, it } from '@jest/globals';
import type { Contract } from '../contract/contract.js';
import { readRecord } from './read-record.js';
import { inserted, record } from './testing/records.js';

const CONTRACT = { name: 'spec', key: 'id' } as Contract;
const read = (key: string | null, value: string | null) => readRecord(CONTRACT, record(5, key, value));

describe('a record of a topic', () => {
  it('is a change with its place, its transaction and what it is known by again', () => {
    const event = readRecord(CONTRACT, inserted(5, 'a'));
    expect(event).toMatchObject({ op: 'c', key: 'a', after: { id: 'a' }, xid: 705, committedAtMs: 1795250929581 });
    expect(event?.position).toEqual({ commitLsn: 5n, index: 0 });
    expect(event?.record).toEqual({ offset: 5n, txId: 705, lsn: 1005n });
  });

  it('waits for no transaction when a snapshot has read it', () => {
    const value = '{"op":"r","before":null,"after":{"id":"a"},"source":{"txId":9,"lsn":8,"snapshot":"true"}}';
    expect(read('{"id":"a"}', value)).toMatchObject({ op: 'r', xid: undefined, record: { txId: 9 } });
  });

  it('is the same with its schema around it', () => {
    const value = '{"schema":{},"payload":{"op":"u","before":null,"after":{"id":"a"},"source":{}}}';
    expect(read('{"schema":{},"payload":{"id":"a"}}', value)).toMatchObject({ op: 'u', key: 'a', after: { id: 'a' } });
  });

  it.each([
    ['a tombstone', '{"id":"a"}', null],
    ['a truncation', null, '{"op":"t"}'],
    ['a message of the log', '{"prefix":"x"}', '{"op":"m"}'],
  ])('says nothing of a row when it is %s', (_name, key, value) => {
    expect(read(key, value)).toBeNull();
  });

  it.each([
    ['no JSON', '{"op":', 'is no envelope of Debezium'],
    ['no envelope', '[1]', 'is no envelope of Debezium'],
    ['null', 'null', 'is no envelope of Debezium'],
    ['an unknown operation', '{"op":"z"}', 'has the unknown operation z'],
  ])('has a fault, and keeps its text, when it is %s', (_name, value, fault) => {
    const event = read('{"id":"a"}', value);
    expect(event).toMatchObject({ key: 'a', fault, after: null });
    expect(JSON.parse(event!.envelopeJson())).toMatchObject({ fault, text: value });
  });

  it.each([
    '{"txId":"705"}',
    '{"txId":-1}',
    '{"txId":1e30}',
    '{"lsn":"0/15"}',
    '{"lsn":1.5}',
    '{"lsn":{}}',
    '{"ts_ms":"today"}',
  ])('has a fault when its source is %s', (source) => {
    const event = read('{"id":"a"}', `{"op":"c","before":null,"after":{"id":"a"},"source":${source}}`);
    expect(event).toMatchObject({ key: 'a', fault: 'has a source that cannot be read', xid: undefined });
  });

  it.each([null, 'no JSON', '{"other":"a"}', '{"id":null}', '{"id":"a\\u0000b"}'])(
    'has no key when that is %s',
    (key) => {
      expect(read(key, '{"op":"c"}')).toMatchObject({ key: null });
    },
  );
});
