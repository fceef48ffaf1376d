/** Properties of Debezium's PostgreSQL connector and of Kafka Connect that a connector file may hold (debezium 1.6). */
const KNOWN = new Set(
  `name connector.class tasks.max plugin.name slot.name slot.drop.on.stop slot.failover slot.max.retries slot.retry.delay.ms
  slot.stream.params publication.name publication.autocreate.mode publish.via.partition.root replica.identity.autoset.values
  database.hostname database.port database.user database.password database.dbname database.sslmode database.sslrootcert
  database.sslcert database.sslkey database.tcpKeepAlive database.initial.statements database.query.timeout.ms topic.prefix
  topic.delimiter topic.naming.strategy topic.heartbeat.prefix topic.heartbeat.name topic.transaction schema.include.list
  schema.exclude.list table.include.list table.exclude.list column.include.list column.exclude.list message.key.columns
  snapshot.mode snapshot.isolation.mode snapshot.locking.mode snapshot.include.collection.list
  snapshot.select.statement.overrides snapshot.fetch.size snapshot.max.threads snapshot.delay.ms streaming.delay.ms
  decimal.handling.mode time.precision.mode interval.handling.mode hstore.handling.mode binary.handling.mode
  money.fraction.digits unavailable.value.placeholder tombstones.on.delete skipped.operations skip.messages.without.change
  schema.refresh.mode provide.transaction.metadata heartbeat.interval.ms heartbeat.action.query status.update.interval.ms
  lsn.flush.mode offset.mismatch.strategy xmin.fetch.interval.ms message.prefix.include.list message.prefix.exclude.list
  read.only signal.data.collection signal.enabled.channels signal.kafka.topic notification.enabled.channels
  notification.sink.topic.name incremental.snapshot.chunk.size incremental.snapshot.watermarking.strategy max.batch.size
  max.queue.size max.queue.size.in.bytes poll.interval.ms errors.max.retries retriable.restart.connector.wait.ms
  event.processing.failure.handling.mode custom.metric.tags guardrail.collections.max extended.headers.enabled converters
  transforms predicates key.converter value.converter exactly.once.support transaction.boundary topic.creation.groups`.split(
    /\s+/,
  ),
);

/** Families of properties whose last parts are free. */
const FAMILIES = [
  'transforms.',
  'predicates.',
  'key.converter.',
  'value.converter.',
  'topic.creation.',
  'producer.override.',
  'consumer.override.',
  'admin.override.',
  'snapshot.select.statement.overrides.',
];

/** True for a property that a connector file may hold; of a converter named in `converters`, also its own properties. */
export function isKnownProperty(property: string, config: Readonly<Record<string, string>>): boolean {
  const converters = (config['converters'] ?? '').split(',').map((name) => `${name.trim()}.`);
  const families = [...FAMILIES, ...converters.filter((prefix) => prefix !== '.')];
  return KNOWN.has(property) || families.some((family) => property.startsWith(family));
}
