export { builtDeclarations } from './built-modules.js';
export { readConfiguration, type Configuration } from './configuration/configuration.js';
export { unknownVariables } from './configuration/environment.js';
export { switchableModules } from './configuration/switchable-modules.js';
export { packageRoot } from './configuration/package-root.js';
export { locateDatabase, needsOf, runningDatabase, type LocatedDatabase } from './database/locate-database.js';
export { pendingIn, type Pending } from './database/pending.js';
export { installOn } from './database/prepare-database.js';
export { openLog } from './log.js';
export { startServer, type RunningServer } from './server.js';
export { brokersOf } from './stream/brokers.js';
export { fillIn, readConnector } from './stream/connector.js';
export { builtExecutors } from './stream/executors.js';
export { openRoutes, openUnserved } from './unserved.js';
export { version } from './version.js';
export {
  checkServer,
  embeddedFolder,
  onConnection,
  reachBrokers,
  redactUrl,
  refusalOf,
  type ServerNeeds,
} from '@orderkeel/platform';
