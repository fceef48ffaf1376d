const PLAIN = /^[\x20-\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/;
const REWRITTEN = /\\u00[0-9a-f]{2}|[\ud800-\udfff]/g;

/**
 * A JSON string as Jackson writes it inside Kafka Connect's JsonConverter: UTF-8 as it is, characters outside the BMP as
 * two escapes, hexadecimal digits in capitals (debezium 1.2).
 */
export function quoteJson(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(REWRITTEN, (part) =>
    part.length === 1 ? escapeUnit(part.charCodeAt(0)) : `\\u${part.slice(2).toUpperCase()}`,
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`;
}
