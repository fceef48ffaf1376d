/**
 * Java's murmur2 over UTF-8 bytes, as Kafka's default partitioner hashes a record's key, made positive. A key's lane is
 * this modulo the number of lanes: the same key bytes lie on the same lane here and on the same partition there.
 */
export function laneOf(keyJson: string, lanes: number): number {
  return lanes === 1 ? 0 : (murmur2(Buffer.from(keyJson)) & 0x7fffffff) % lanes;
}

const M = 0x5bd1e995;

/** murmur2 with Kafka's seed (org.apache.kafka.common.utils.Utils). */
export function murmur2(data: Buffer): number {
  const whole = data.length & ~3;
  let h = 0x9747b28c ^ data.length;
  for (let i = 0; i < whole; i += 4) {
    let k = Math.imul(data.readInt32LE(i), M);
    k = Math.imul(k ^ (k >>> 24), M);
    h = Math.imul(h, M) ^ k;
  }
  const rest = data.length - whole;
  if (rest === 3) h ^= data[whole + 2]! << 16;
  if (rest >= 2) h ^= data[whole + 1]! << 8;
  if (rest >= 1) h = Math.imul(h ^ data[whole]!, M);
  h = Math.imul(h ^ (h >>> 13), M);
  return h ^ (h >>> 15);
}
