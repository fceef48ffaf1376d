type Properties = Readonly<Record<string, string>>;

/** A connector that is recorded: the prefix of its topics, and what it differs in from all others. */
export interface RecordedConnector {
  readonly name: string;
  readonly properties: Properties;
}

const CONVERTERS = {
  'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
};
const EVERYWHERE = {
  ...CONVERTERS,
  'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
  'tasks.max': '1',
  // The recordings were made with 500 ms; nothing in a record tells how long it waited.
  'poll.interval.ms': '20',
  'plugin.name': 'pgoutput',
  'publication.name': 'orderkeel_cdc',
  'publication.autocreate.mode': 'disabled',
  'table.include.list': String.raw`order\.(order_intent|order|order_status_history),inventory\.reservation,kit\..*,cdc\.signal`,
  'snapshot.mode': 'initial',
  'topic.creation.default.replication.factor': '1',
  'topic.creation.default.partitions': '3',
};
const WITHOUT_SCHEMAS = { 'key.converter.schemas.enable': 'false', 'value.converter.schemas.enable': 'false' };
/** Keys as the shipped connector declares them. */
const OUR_KEYS = String.raw`order\.(order_intent|order_status_history):order_id;inventory\.reservation:order_id`;
const SIGNALLED = { 'signal.data.collection': 'cdc.signal', 'signal.enabled.channels': 'source' };

/** As the shipped connector is. */
const OURS = {
  ...EVERYWHERE,
  ...WITHOUT_SCHEMAS,
  'message.key.columns': OUR_KEYS,
  'snapshot.isolation.mode': 'repeatable_read',
  'decimal.handling.mode': 'string',
  'time.precision.mode': 'adaptive',
  'tombstones.on.delete': 'false',
  'skipped.operations': 't',
  'lsn.flush.mode': 'connector',
  'event.processing.failure.handling.mode': 'fail',
  'exactly.once.support': 'required',
  'value.converter.replace.null.with.default': 'false',
};

/** The connectors that read the whole scenario at once: ours, Debezium's defaults, other encodings, and two transforms. */
export const CONNECTORS: readonly RecordedConnector[] = [
  {
    name: 'orderkeel',
    properties: {
      ...OURS,
      ...SIGNALLED,
      'provide.transaction.metadata': 'true',
      // The recordings were made with 10 s.
      'heartbeat.interval.ms': '2000',
      'heartbeat.action.query': `SELECT pg_logical_emit_message(false,'orderkeel.heartbeat',now()::text)`,
      'notification.enabled.channels': 'sink',
    },
  },
  { name: 'dbzdefault', properties: EVERYWHERE },
  {
    name: 'alt',
    properties: {
      ...EVERYWHERE,
      ...WITHOUT_SCHEMAS,
      ...SIGNALLED,
      'message.key.columns': String.raw`none\.none:id`,
      'decimal.handling.mode': 'precise',
      'time.precision.mode': 'connect',
      'interval.handling.mode': 'string',
      'binary.handling.mode': 'hex',
      'tombstones.on.delete': 'true',
      'skipped.operations': 'none',
      'extended.headers.enabled': 'false',
      'value.converter.replace.null.with.default': 'true',
    },
  },
  {
    name: 'unwrap',
    properties: {
      ...OURS,
      ...SIGNALLED,
      transforms: 'unwrap',
      'transforms.unwrap.type': 'io.debezium.transforms.ExtractNewRecordState',
      'transforms.unwrap.delete.tombstone.handling.mode': 'rewrite',
      'transforms.unwrap.add.fields': 'op,table,source.lsn,source.txId',
      'transforms.unwrap.add.headers': 'op,source.lsn',
    },
  },
  {
    name: 'router',
    properties: {
      ...OURS,
      'table.include.list': String.raw`order\.(order_intent|order|order_status_history),inventory\.reservation`,
      transforms: 'route',
      'transforms.route.type': 'io.debezium.transforms.ToLogicalTopicRouter',
      'transforms.route.topic.regex': String.raw`([^.]+)\.(?:order|inventory)\..*`,
      'transforms.route.topic.replacement': '$1.orders',
      'transforms.route.key.enforce.uniqueness': 'false',
    },
  },
];

const COLLIDING = { ...OURS, ...SIGNALLED, 'snapshot.mode': 'no_data', 'topic.creation.default.partitions': '12' };

/** Three ways to key 60 rows of 20 orders by their order: by it alone, which loses rows; with the row's id; by partition only. */
export const COLLIDING_CONNECTORS: readonly RecordedConnector[] = [
  { name: 'okey', properties: { ...COLLIDING, 'message.key.columns': String.raw`order\.order_intent:order_id` } },
  { name: 'okid', properties: { ...COLLIDING, 'message.key.columns': String.raw`order\.order_intent:order_id,id` } },
  {
    name: 'pr',
    properties: {
      ...COLLIDING,
      'message.key.columns': String.raw`none\.none:id`,
      transforms: 'route',
      'transforms.route.type': 'io.debezium.transforms.partitions.PartitionRouting',
      'transforms.route.partition.payload.fields': 'change.order_id',
      'transforms.route.partition.topic.num': '12',
      'transforms.route.partition.hash.function': 'murmur',
    },
  },
];
