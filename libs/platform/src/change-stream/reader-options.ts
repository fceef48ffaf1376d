/** A table whose changes somebody wants. */
export interface WantedTable {
  readonly schema: string;
  readonly table: string;
  /** Columns of the record's key (Debezium's message.key.columns); left out: the primary key. */
  readonly keyColumns?: readonly string[];
}

/** What a replication reader reads, and how patiently. */
export interface ReaderOptions {
  /** URL of a login with REPLICATION. */
  readonly url: string;
  readonly slot: string;
  readonly publication: string;
  /** `source.name` of the envelopes: the connector's topic.prefix. */
  readonly topicPrefix: string;
  readonly tables: readonly WantedTable[];
  /** After this silence of the client the server ends the connection and frees the slot; default 10,000 ms. */
  readonly walSenderTimeoutMs?: number;
  /** Longest time between two status updates, also while paused; default 3,000 ms. */
  readonly statusIntervalMs?: number;
  /** Microseconds since 1970, for the envelope's outer ts_ fields; default the machine's clock. */
  readonly nowUs?: () => number;
}
