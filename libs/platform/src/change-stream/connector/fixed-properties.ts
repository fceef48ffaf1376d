/** What a property may say, since the embedded reader can do nothing else; the first value is the one to write. */
interface Fixed {
  readonly property: string;
  readonly values: readonly string[];
  /** True when leaving it out means the same in Debezium. */
  readonly optional: boolean;
}

const json = 'org.apache.kafka.connect.json.JsonConverter';
const required = (property: string, ...values: string[]): Fixed => ({ property, values, optional: false });
const optional = (property: string, ...values: string[]): Fixed => ({ property, values, optional: true });

/**
 * Where another value would make Debezium write other events than the embedded reader gives. Several of Debezium's own
 * defaults are others, so these must be written (debezium 1.3, 1.6).
 */
const FIXED: readonly Fixed[] = [
  required('connector.class', 'io.debezium.connector.postgresql.PostgresConnector'),
  required('plugin.name', 'pgoutput'),
  required('publication.autocreate.mode', 'disabled'),
  required('decimal.handling.mode', 'string'),
  required('tombstones.on.delete', 'false'),
  required('provide.transaction.metadata', 'true'),
  required('key.converter', json),
  required('key.converter.schemas.enable', 'false'),
  required('value.converter', json),
  required('value.converter.schemas.enable', 'false'),
  required('value.converter.replace.null.with.default', 'false'),
  optional('key.converter.replace.null.with.default', 'false'),
  optional('time.precision.mode', 'adaptive'),
  optional('binary.handling.mode', 'bytes', 'base64'),
  optional('unavailable.value.placeholder', '__debezium_unavailable_value'),
  optional('skipped.operations', 't'),
  optional('topic.delimiter', '.'),
  optional('slot.drop.on.stop', 'false'),
  optional('topic.creation.default.cleanup.policy', 'delete'),
];

/** Properties that choose tables or columns otherwise than by table.include.list, and would choose others. */
const REFUSED = [
  'schema.include.list',
  'schema.exclude.list',
  'table.exclude.list',
  'column.include.list',
  'column.exclude.list',
  'topic.naming.strategy',
];

/** What contradicts the embedded reader, one sentence each. */
export function contradictions(config: Readonly<Record<string, string>>): string[] {
  const fixed = FIXED.flatMap(({ property, values, optional: mayBeMissing }) => {
    const value = config[property];
    if (value === undefined ? mayBeMissing : values.includes(value)) return [];
    return [`${property} is ${value ?? 'not set'}, and must be ${values[0]}`];
  });
  const refused = REFUSED.filter((property) => config[property] !== undefined);
  return [...fixed, ...refused.map((property) => `${property} must not be set: the contracts say what is captured`)];
}

/** True for a property whose value is checked, and so means something. */
export function isFixed(property: string): boolean {
  return FIXED.some((fixed) => fixed.property === property);
}
