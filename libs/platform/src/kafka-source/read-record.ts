import type { KafkaMessage } from 'kafkajs';
import type { Contract } from '../contract/contract.js';
import type { AppliedRecord } from '../reaction/position.js';
import type { ChangeKind } from '../reaction/reaction.js';
import type { StreamEvent } from '../reaction/lane-queue.js';

/** A record of a topic as the lanes take it. */
export interface RecordEvent extends StreamEvent {
  readonly record: AppliedRecord;
  /** The transaction that made the change; undefined for a row that a snapshot has read, which is visible. */
  readonly xid: number | undefined;
  /** Milliseconds since 1970. */
  readonly committedAtMs: number;
}

interface Envelope {
  readonly op: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly source: object;
}

/** Where a change comes from, as far as it is used here. */
interface Origin {
  readonly txId: number | null;
  readonly lsn: bigint | null;
  readonly committedAtMs: number | null;
}

const KINDS = new Set(['c', 'u', 'd', 'r']);
/** Truncations and messages of the log concern no row. */
const IGNORED = new Set(['t', 'm']);
/** An envelope takes more as objects than as text, and its record has a frame. */
const BYTES_PER_BYTE = 3;
const FRAME_BYTES = 300;
/** What PostgreSQL can calculate with. */
const LIMIT = 2 ** 62;
const NO_ORIGIN: { txId: number | null; lsn: number | null; ts_ms: number | null } = {
  txId: null,
  lsn: null,
  ts_ms: null,
};

/**
 * Reads a record. Null: it says nothing of a row (a tombstone, a truncation). One that cannot be read is an event with a
 * fault, and is parked behind its key, or behind its place when that cannot be read either (reliability 3.8).
 */
export function readRecord(contract: Contract, message: KafkaMessage): RecordEvent | null {
  if (message.value === null) return null;
  const envelope = readEnvelope(message.value);
  if (envelope !== null && IGNORED.has(envelope.op)) return null;
  const key = keyOf(contract, message.key);
  if (envelope === null) return unreadable(key, 'is no envelope of Debezium', message);
  if (!KINDS.has(envelope.op)) return unreadable(key, `has the unknown operation ${envelope.op}`, message);
  const origin = originOf(envelope.source);
  if (origin === null) return unreadable(key, 'has a source that cannot be read', message);
  const { before, after } = envelope;
  const { txId, lsn, committedAtMs } = origin;
  const op = envelope.op as ChangeKind;
  return {
    ...placeOf(message),
    record: { offset: BigInt(message.offset), txId, lsn },
    xid: op === 'r' ? undefined : (txId ?? undefined),
    committedAtMs: committedAtMs ?? Number(message.timestamp),
    op,
    key,
    before,
    after,
    envelopeJson: () => message.value!.toString(),
  };
}

function placeOf(message: KafkaMessage) {
  return {
    position: { commitLsn: BigInt(message.offset), index: 0 },
    bytes: (message.value?.byteLength ?? 0) * BYTES_PER_BYTE + FRAME_BYTES,
  };
}

/** Kept as JSON, with the text that it came as, so that a person can see what it was. */
function unreadable(key: string | null, fault: string, message: KafkaMessage): RecordEvent {
  const text = message.value!.toString();
  return {
    ...placeOf(message),
    record: { offset: BigInt(message.offset), txId: null, lsn: null },
    xid: undefined,
    committedAtMs: Number(message.timestamp),
    op: 'r',
    key,
    before: null,
    after: null,
    fault,
    envelopeJson: () => JSON.stringify({ op: 'r', before: null, after: null, fault, text }),
  };
}

function readEnvelope(value: Buffer): Envelope | null {
  const content = readJson(value) as Partial<Envelope> | null;
  if (typeof content?.op !== 'string') return null;
  return { op: content.op, before: content.before ?? null, after: content.after ?? null, source: content.source ?? {} };
}

/** Null when one of the numbers is none: they end up in statements, where they would fail the whole batch. */
function originOf(source: object): Origin | null {
  const { txId, lsn, ts_ms: committedAtMs } = { ...NO_ORIGIN, ...source };
  if (!isWhole(txId) || !isWhole(lsn) || !isWhole(committedAtMs)) return null;
  return { txId, lsn: lsn === null ? null : BigInt(lsn), committedAtMs };
}

function isWhole(value: number | null): boolean {
  return value === null || (Number.isInteger(value) && value >= 0 && value < LIMIT);
}

/** Null also for a key that PostgreSQL cannot hold, and so has never sent. */
function keyOf(contract: Contract, key: Buffer | null): string | null {
  const value = key === null ? undefined : (readJson(key) as Record<string, unknown> | null)?.[contract.key];
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return String(value).includes('\0') ? null : String(value);
}

/** The payload alone, where the converter has wrapped it with its schema (debezium 1.2); null for what is no JSON. */
function readJson(bytes: Buffer): object | null {
  try {
    const content = JSON.parse(bytes.toString()) as unknown;
    if (typeof content !== 'object' || content === null) return null;
    return 'schema' in content && 'payload' in content ? (content.payload as object | null) : content;
  } catch {
    return null;
  }
}
