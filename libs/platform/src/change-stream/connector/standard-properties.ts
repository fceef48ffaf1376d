/** What depends on the contracts. */
interface TableProperties {
  readonly 'table.include.list': string;
  readonly 'message.key.columns': string;
}

/**
 * Bytes. An intent of 1 MiB is 3 MiB in an envelope, where each quotation mark takes four and each emoji twelve; a record that
 * is larger than this stops the connector, and with it everybody.
 */
const LARGEST_RECORD = '8388608';

/**
 * All properties that the connector is shipped with, in the order of the file (debezium 1.6). Placeholders `${file:...}` are filled
 * in by Kafka Connect's FileConfigProvider.
 */
export function standardProperties(namespace: string, tables: TableProperties): Record<string, string> {
  return {
    'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
    'tasks.max': '1',
    'plugin.name': 'pgoutput',
    'database.hostname': '${file:/etc/orderkeel/db.properties:host}',
    'database.port': '5432',
    'database.user': `${namespace}_cdc`,
    'database.password': '${file:/etc/orderkeel/db.properties:password}',
    'database.dbname': 'orderkeel',
    'database.sslmode': 'verify-full',
    'topic.prefix': 'orderkeel',
    'slot.name': `${namespace}_cdc`,
    'slot.failover': 'true',
    // A task that starts opens the slot twice, and the server may be slow to let go of the first: the default waits 10 s.
    'slot.max.retries': '60',
    'slot.retry.delay.ms': '1000',
    'publication.name': `${namespace}_cdc`,
    'publication.autocreate.mode': 'disabled',
    ...tables,
    'snapshot.mode': 'initial',
    'snapshot.isolation.mode': 'repeatable_read',
    'decimal.handling.mode': 'string',
    'time.precision.mode': 'adaptive',
    'tombstones.on.delete': 'false',
    'skipped.operations': 't',
    'provide.transaction.metadata': 'true',
    'heartbeat.interval.ms': '10000',
    'heartbeat.action.query': `SELECT pg_logical_emit_message(false,'orderkeel.heartbeat',now()::text)`,
    'lsn.flush.mode': 'connector',
    'offset.mismatch.strategy': 'trust_offset',
    'message.prefix.exclude.list': 'orderkeel\\.heartbeat',
    'event.processing.failure.handling.mode': 'fail',
    'exactly.once.support': 'required',
    ...converters(),
    'poll.interval.ms': '20',
    'max.batch.size': '8192',
    'max.queue.size': '16384',
    // Rows may be large: so many of them would not fit into Kafka Connect's memory.
    'max.queue.size.in.bytes': '67108864',
    'producer.override.linger.ms': '20',
    'producer.override.batch.size': '262144',
    'producer.override.transaction.timeout.ms': '5000',
    'producer.override.max.request.size': LARGEST_RECORD,
    'retriable.restart.connector.wait.ms': '1000',
    ...topics(),
  };
}

/** JSON without schemas; NULL stays NULL instead of becoming the column's default (debezium 1.2). */
function converters(): Record<string, string> {
  return {
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'key.converter.schemas.enable': 'false',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': 'false',
    'value.converter.replace.null.with.default': 'false',
    'key.converter.replace.null.with.default': 'false',
  };
}

/** One partition for what has no key, the same number for all contracts, and never compaction (debezium 1.5). */
function topics(): Record<string, string> {
  return {
    'topic.creation.groups': 'single',
    'topic.creation.single.partitions': '1',
    'topic.creation.single.replication.factor': '3',
    'topic.creation.single.include': '.*\\.(transaction|message)|__debezium-heartbeat.*',
    'topic.creation.default.replication.factor': '3',
    'topic.creation.default.partitions': '12',
    'topic.creation.default.cleanup.policy': 'delete',
    'topic.creation.default.retention.ms': '1209600000',
    'topic.creation.default.max.message.bytes': LARGEST_RECORD,
  };
}
