import { readConnectorFile, type ConnectorSettings } from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import type { Configuration } from '../configuration/configuration.js';

/** Slot, publication, prefix and tables of this installation, from the connector file (debezium 1.6). */
export async function readConnector({ connectorFile, namespace }: Configuration): Promise<ConnectorSettings> {
  const contracts = builtDeclarations.flatMap((declaration) => declaration.publishes);
  return readConnectorFile(connectorFile, contracts, namespace);
}
