import type { TopicRecord } from '../conformance/recordings.js';

/** Parts of the envelope in which two readers of one change differ, and what is put in their place. */
export type Exempt = readonly (readonly [RegExp, string])[];

/** Each reader's own clock, when it saw the change. */
const READERS_CLOCK = [/,"ts_ms":\d+,"ts_us":\d+,"ts_ns":\d+\}$/, '}'] as const;

/**
 * Of a streamed change, besides: the end of what was committed before. Debezium counts messages in the log as such (its own
 * heartbeats, the marks by which lag is told); the embedded reader asks for none. The change's own position is compared.
 */
export const OF_STREAMED: Exempt = [READERS_CLOCK, [/"sequence":"\[(?:null|\\"\d+\\"),/, '"sequence":"[']];

/** Of a row that was read from its table, besides: when and where that was, and its turn among the rows of Debezium's snapshot. */
export const OF_READ: Exempt = [
  READERS_CLOCK,
  [
    /"ts_ms":\d+,"snapshot":"(?:true|first|first_in_data_collection|last_in_data_collection|last)"/,
    '"ts_ms":0,"snapshot":"true"',
  ],
  [/"sequence":"\[(?:null|\\"\d+\\"),\\"\d+\\"\]","ts_us":\d+,"ts_ns":\d+/, '"sequence":"[]","ts_us":0,"ts_ns":0'],
  [/"txId":(?:\d+|null),"lsn":\d+/, '"txId":0,"lsn":0'],
];

/** The first record that one has and the other has not, or not in the same place among those of its key; null: they are the same. */
export function firstDifference(
  ones: readonly TopicRecord[],
  others: readonly TopicRecord[],
  exempt: Exempt,
): object | null {
  const [mine, theirs] = [byKey(ones, exempt), byKey(others, exempt)];
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const [left = [], right = []] = [mine.get(key), theirs.get(key)];
    for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
      if (left[at] !== right[at]) return { key, at, ...around(left[at], right[at]) };
    }
  }
  return null;
}

/** In the order in which the records of a key were written: that much is promised of a topic. */
function byKey(records: readonly TopicRecord[], exempt: Exempt): Map<string | null, string[]> {
  const found = new Map<string | null, string[]>();
  for (const { key, value } of records) {
    const text = exempt.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), value);
    found.set(key, [...(found.get(key) ?? []), text]);
  }
  return found;
}

/** Some of both texts, from a little before the first character that differs. */
function around(one = 'no record', other = 'no record'): object {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 60);
  return { character: at, one: one.slice(from, at + 100), other: other.slice(from, at + 100) };
}
