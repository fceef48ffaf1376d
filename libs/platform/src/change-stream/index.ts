export type {
  ChangeEvent,
  ChangeOp,
  ChangePosition,
  ChangeRow,
  ChangeTransaction,
  ChangeValue,
} from './change-event.js';
export { connectorFor, type Connector } from './connector/connector-for.js';
export { readConnectorFile, type ConnectorSettings } from './connector/connector-file.js';
export type { ConnectorTable } from './connector/connector-table.js';
export { formatLsn, parseLsn } from './lsn.js';
export type { ReaderError, ReaderHandlers } from './reader-handlers.js';
export type { ReaderOptions, WantedTable } from './reader-options.js';
export { createSlot, exportSnapshot, type ExportedSnapshot, type SlotPatience } from './replication/create-slot.js';
export { identifySystem, type SystemIdentity } from './replication/identify-system.js';
export { ReplicationReader } from './replication-reader.js';
export type { ReadPlace } from './read-row.js';
export { tableReads, type TableRead, type TableReadOptions } from './table-reads.js';
