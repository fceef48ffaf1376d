import type { ChangeOp } from '../change-event.js';
import { quoteJson } from '../types/json-text.js';

/** The release whose envelopes are written; every value is compared with recordings of it (debezium 1.1). */
const DEBEZIUM_VERSION = '3.7.0.Final';

/** What the source block says of the connector. */
export interface EnvelopeSource {
  readonly topicPrefix: string;
  readonly database: string;
}

/** Everything that an envelope is made of; JSON texts where the name says so. */
export interface EnvelopeParts {
  readonly source: EnvelopeSource;
  readonly op: ChangeOp;
  readonly schema: string;
  readonly table: string;
  readonly beforeJson: string;
  readonly afterJson: string;
  readonly snapshot: 'true' | null;
  /** Microseconds since 1970: of the commit, or of the reading for `r`. */
  readonly sourceTimeUs: number;
  readonly xid: number | null;
  /** WAL position of this change. */
  readonly lsn: bigint;
  /** End LSN of the last transaction before this one, where one was seen. */
  readonly lastCommitLsn: bigint | null;
  readonly origin: { readonly name: string; readonly originLsn: bigint } | null;
  /** Order in the transaction, and among those of the same table, from 1; null for `r`. */
  readonly transactionOrder: { readonly total: number; readonly inTable: number } | null;
  /** Microseconds since 1970, of this reader's clock. */
  readonly emittedUs: number;
}

/** The Debezium envelope without schemas, field for field as the recordings have it (debezium 1.2). */
export function envelopeJson(parts: EnvelopeParts): string {
  return (
    `{"before":${parts.beforeJson},"after":${parts.afterJson},"source":${sourceJson(parts)},` +
    `"transaction":${transactionJson(parts)},"op":"${parts.op}",${timesJson(parts.emittedUs)}}`
  );
}

function sourceJson(parts: EnvelopeParts): string {
  const us = parts.sourceTimeUs;
  const lastCommit = parts.lastCommitLsn === null ? 'null' : `"${parts.lastCommitLsn}"`;
  const sequence = quoteJson(`[${lastCommit},"${parts.lsn}"]`);
  return (
    `{"version":"${DEBEZIUM_VERSION}","connector":"postgresql","name":${quoteJson(parts.source.topicPrefix)},` +
    `"ts_ms":${Math.floor(us / 1000)},"snapshot":${parts.snapshot === null ? 'null' : `"${parts.snapshot}"`},` +
    `"db":${quoteJson(parts.source.database)},"sequence":${sequence},"ts_us":${us},"ts_ns":${us}000,` +
    `"schema":${quoteJson(parts.schema)},"table":${quoteJson(parts.table)},"txId":${parts.xid},"lsn":${parts.lsn},"xmin":null,` +
    `"origin":${parts.origin ? quoteJson(parts.origin.name) : null},"origin_lsn":${parts.origin ? parts.origin.originLsn : null}}`
  );
}

function transactionJson({ transactionOrder, xid, lsn }: EnvelopeParts): string {
  if (transactionOrder === null) return 'null';
  return `{"id":"${xid}:${lsn}","total_order":${transactionOrder.total},"data_collection_order":${transactionOrder.inTable}}`;
}

function timesJson(us: number): string {
  return `"ts_ms":${Math.floor(us / 1000)},"ts_us":${us},"ts_ns":${us}000`;
}
