import type { ModuleManifest } from '@orderkeel/platform';
import { connectorFor } from '../../libs/platform/src/change-stream/connector/connector-for.js';
import type { GeneratedFile } from './generated-file.js';

/** The connector file of the contracts of all built modules, with the default namespace. */
export function connectorFile(modules: readonly ModuleManifest[]): GeneratedFile {
  const contracts = modules.flatMap((module) => module.publishes);
  return {
    path: 'infra/debezium/orderkeel-connector.json',
    content: JSON.stringify(connectorFor(contracts, 'orderkeel')),
  };
}
