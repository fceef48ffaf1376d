import { createHash } from 'node:crypto';
import type { SimulatedStock } from '../import-map.js';
import { remembering } from '../remembering.js';
import { weekOf } from '../week.js';

/**
 * Chosen by trying some: about one order in fifteen of UCI Online Retail is backordered, four in five of those are filled
 * later, and no best seller stays short for ever.
 */
const SALT = 'simulated-stock-55/';
/** One SKU in twenty-five opens with a few and waits for deliveries that come in about every third week. */
const SCARCE_SHARE = 0.04;
/** The others open with thousands and are filled up every eighth week. */
const ROUND_WEEKS = 8;

/**
 * Opening stock and weekly deliveries, invented: they follow from hashes of the SKU, and of SKU and week, and from
 * nothing else. `firstMonday` is the Monday of the first week with deliveries.
 */
export function simulatedStock(firstMonday: string): SimulatedStock {
  const bytesOf = remembering((sku) => hash(sku));
  const isScarce = (bytes: Buffer) => bytes.readUInt16BE(0) < SCARCE_SHARE * 65_536;
  return {
    firstWeek: weekOf(firstMonday),
    opening(sku) {
      const bytes = bytesOf(sku);
      return isScarce(bytes) ? 24 + bytes[2]! : 2_000 + 8 * bytes[2]!;
    },
    delivered(sku, week) {
      const bytes = bytesOf(sku);
      const sinceFirst = week - this.firstWeek;
      if (!isScarce(bytes)) return sinceFirst % ROUND_WEEKS === bytes[4]! % ROUND_WEEKS ? 4_800 + 12 * bytes[3]! : 0;
      const chance = hash(`${sku}/${sinceFirst}`)[0]!;
      return chance % 3 === 0 ? 240 + 4 * chance : 0;
    },
  };
}

function hash(text: string): Buffer {
  return createHash('sha256')
    .update(SALT + text)
    .digest();
}
