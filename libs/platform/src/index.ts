export { CLOCK, microsecondText, SystemClock, type Clock } from './time/clock.js';
export { columnsOf, insertRows, unnest, type ColumnTypes } from './database/bulk.js';
export { Database, type Caller } from './database/database.js';
export type { ModuleTx, Row } from './database/module-tx.js';
export { effectId, idFrom, newId, timeOfId } from './ids/ids.js';
export { settingsToken, type Installation, type MigrationClass, type ModuleManifest } from './module/manifest.js';
export {
  declarationOf,
  OrderkeelModule,
  type OrderkeelModuleClass,
  type OrderkeelModuleDeclaration,
} from './module/module.decorator.js';
export {
  executorOf,
  OnChange,
  type Change,
  type ChangeKind,
  type ChangesOf,
  type ExecutorDeclaration,
  type Reaction,
} from './reaction/reaction.js';
