import { fillInConnector, readConnectorFile, type Connector, type ConnectorSettings } from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import type { Configuration } from '../configuration/configuration.js';

/** Slot, publication, prefix and tables of this installation, from the connector file (debezium 1.6). */
export async function readConnector({ connectorFile, namespace }: Configuration): Promise<ConnectorSettings> {
  return readConnectorFile(connectorFile, contracts(), namespace);
}

/** The same file as Kafka Connect gets it, with the values of its place filled in, by property. */
export async function fillIn(
  { connectorFile, namespace }: Configuration,
  values: Readonly<Record<string, string>>,
): Promise<Connector> {
  return fillInConnector(connectorFile, contracts(), namespace, values);
}

function contracts() {
  return builtDeclarations.flatMap((declaration) => declaration.publishes);
}
