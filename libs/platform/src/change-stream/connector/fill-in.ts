import { connectorSettings, inNamespace, loadConnector } from './connector-file.js';
import type { Connector } from './connector-for.js';
import type { ConnectorTable } from './connector-table.js';

/** Properties whose values carry the namespace's prefix. */
const NAMED = ['slot.name', 'publication.name', 'database.user'];

/**
 * The connector file as Kafka Connect gets it: as it is, with the names of the namespace and with `values`, by property, for what
 * depends on the place. Rejects with code `connector-file` as readConnectorFile does, also for what `values` bring in.
 */
export async function fillInConnector(
  path: string,
  contracts: readonly ConnectorTable[],
  namespace: string,
  values: Readonly<Record<string, string>>,
): Promise<Connector> {
  return filledIn(path, await loadConnector(path), contracts, { namespace, values });
}

/** As fillInConnector, from a file's content; `path` is for messages. */
export function filledIn(
  path: string,
  { name, config }: Connector,
  contracts: readonly ConnectorTable[],
  { namespace, values }: { readonly namespace: string; readonly values: Readonly<Record<string, string>> },
): Connector {
  const named = Object.fromEntries(
    NAMED.flatMap((property) => {
      const value = config[property];
      return value === undefined ? [] : [[property, inNamespace(value, namespace)]];
    }),
  );
  const connector = { name: inNamespace(name, namespace), config: { ...config, ...named, ...values } };
  connectorSettings(path, connector, contracts, namespace);
  return connector;
}
