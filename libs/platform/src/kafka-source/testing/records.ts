import type { KafkaMessage } from 'kafkajs';

/** A record as kafkajs gives it. */
export function record(offset: number, key: string | null, value: string | null): KafkaMessage {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
  return {
    key: bytes(key),
    value: bytes(value),
    offset: String(offset),
    timestamp: '1795250929600',
    attributes: 0,
    headers: {},
  };
}

/** The record of an inserted row that has an id and nothing else; made by the transaction 700 + offset, at 1000 + offset. */
export function inserted(offset: number, id = `row-${offset}`): KafkaMessage {
  const source = { txId: 700 + offset, lsn: 1000 + offset, ts_ms: 1795250929581 };
  return record(offset, JSON.stringify({ id }), JSON.stringify({ op: 'c', before: null, after: { id }, source }));
}
