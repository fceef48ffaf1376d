const POSTGRES_EPOCH_US = 946_684_800_000_000;

/** Begin of a transaction; it is sent after the commit, so that the commit is known already. */
export interface BeginMessage {
  readonly commitLsn: bigint;
  /** Microseconds since 1970. */
  readonly commitTimeUs: number;
  readonly xid: number;
}

/** Decodes a Begin message whose type byte is at `at`. */
export function decodeBegin(bytes: Buffer, at: number): BeginMessage {
  return {
    commitLsn: bytes.readBigUInt64BE(at + 1),
    commitTimeUs: Number(bytes.readBigInt64BE(at + 9)) + POSTGRES_EPOCH_US,
    xid: bytes.readUInt32BE(at + 17),
  };
}

/** The end LSN of a Commit message: what may be acknowledged after it. */
export function decodeCommitEndLsn(bytes: Buffer, at: number): bigint {
  return bytes.readBigUInt64BE(at + 10);
}

/** Where a transaction was made first, when it came from another server by logical replication. */
export interface OriginMessage {
  readonly originLsn: bigint;
  readonly name: string;
}

/** Decodes an Origin message. */
export function decodeOrigin(bytes: Buffer, at: number): OriginMessage {
  return { originLsn: bytes.readBigUInt64BE(at + 1), name: bytes.toString('utf8', at + 9, bytes.indexOf(0, at + 9)) };
}
