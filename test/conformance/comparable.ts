/** Columns of kit.all_types whose types a contract may not use, and the generated one. */
const LEFT_OUT =
  'c_real c_double c_ts3 c_ts6 c_time3 c_time6 c_timetz c_interval c_citext c_inet c_cidr c_macaddr c_int4range c_tstzrange c_bit ' +
  'c_bits c_varbit c_xml c_point c_money c_oid c_tsvector g_int';
const JSON_VALUE = String.raw`(?:"(?:[^"\\]|\\.)*"|\{[^{}]*\}|[^",{}[\]]+)`;
const LEFT_OUT_FIELDS = new RegExp(`,"(?:${LEFT_OUT.replaceAll(' ', '|')})":${JSON_VALUE}`, 'g');

/** What must differ between two runs: times of commit and reading, positions, transaction ids, the database's name. */
const RUN_DEPENDENT: readonly (readonly [RegExp, string])[] = [
  [/"(ts_ms|ts_us|ts_ns|txId|lsn)":\d+/g, '"$1":0'],
  [/"sequence":"\[(?:null|\\"\d+\\"),\\"\d+\\"\]"/, '"sequence":"[]"'],
  [/"transaction":\{"id":"\d+:\d+"/, '"transaction":{"id":""'],
  [/"db":"[^"]*"/, '"db":""'],
  [/"d_tstz":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"/, '"d_tstz":""'],
];

/**
 * An envelope's text with the parts that must differ made equal: what is left is compared byte for byte, and so also the order
 * of fields and the way in which numbers and characters are written.
 */
export function comparable(envelope: string): string {
  const kept = envelope.replace(LEFT_OUT_FIELDS, '');
  return RUN_DEPENDENT.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), kept);
}

/** The `after` of an envelope, as comparable text: all that is compared of a row read by the initial snapshot. */
export function comparableAfter(envelope: string): string {
  const text = comparable(envelope);
  return text.slice(text.indexOf('"after":'), text.indexOf(',"source":'));
}
