import { UNAVAILABLE } from './column-codec.js';
import { quoteJson } from './json-text.js';
import { Oid } from './oid.js';

const INTEGERS: ReadonlySet<number> = new Set([Oid.int2, Oid.int4, Oid.int8, Oid.date]);

/**
 * How an unchanged array that was stored apart is marked, by its elements' type (recording 08): the marker's character
 * codes where elements are integers, for uuid the marker's name-based UUID, else the marker as only element.
 */
export function unavailableArrayJson(elementOid: number, elementUnavailableJson: string): string {
  if (INTEGERS.has(elementOid)) return `[${[...Buffer.from(UNAVAILABLE)].join(',')}]`;
  if (elementOid === Oid.uuid) return '["b68a35a7-17ad-35b3-af2a-ae46edb4545a"]';
  return elementOid === Oid.bytea ? `[${elementUnavailableJson}]` : `[${quoteJson(UNAVAILABLE)}]`;
}
