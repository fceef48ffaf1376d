/** First byte of a pgoutput message, protocol version 1 (PostgreSQL documentation, "Logical Replication Message Formats"). */
export const MessageType = {
  begin: 0x42, // B
  commit: 0x43, // C
  delete: 0x44, // D
  insert: 0x49, // I
  logicalMessage: 0x4d, // M
  origin: 0x4f, // O
  relation: 0x52, // R
  truncate: 0x54, // T
  update: 0x55, // U
  type: 0x59, // Y
} as const;
