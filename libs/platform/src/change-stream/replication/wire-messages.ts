const POSTGRES_EPOCH_US = 946_684_800_000_000n;
const STATUS_UPDATE = 0x72; // r

/** First byte of what the server sends inside CopyBoth (PostgreSQL documentation, "Streaming Replication Protocol"). */
export const ServerMessage = {
  data: 0x77, // w
  keepalive: 0x6b, // k
} as const;

/** End of WAL that a keepalive tells, and whether it wants an answer at once. */
export function decodeKeepalive(chunk: Buffer): { endOfWal: bigint; replyRequested: boolean } {
  return { endOfWal: chunk.readBigUInt64BE(1), replyRequested: chunk[17] === 1 };
}

/** A standby status update: what was received, what is durable, and whether the server shall answer at once. */
export function encodeStatus(received: bigint, flushed: bigint, nowUs: number, requestReply: boolean): Buffer {
  const status = Buffer.allocUnsafe(34);
  status[0] = STATUS_UPDATE;
  status.writeBigUInt64BE(received, 1);
  status.writeBigUInt64BE(flushed, 9);
  status.writeBigUInt64BE(flushed, 17);
  status.writeBigInt64BE(BigInt(nowUs) - POSTGRES_EPOCH_US, 25);
  status[33] = requestReply ? 1 : 0;
  return status;
}
