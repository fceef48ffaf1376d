import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { WantedTable } from '../reader-options.js';
import { streamError } from '../stream-error.js';
import { connectorFor, type Connector } from './connector-for.js';
import type { ConnectorTable } from './connector-table.js';
import { contradictions, isFixed } from './fixed-properties.js';
import { isKnownProperty } from './known-properties.js';
import { differences } from './listed-tables.js';
import { impossibleTopics, topicSettings, type TopicSettings } from './topic-settings.js';

const DEFAULT_NAMESPACE = 'orderkeel';
const connectorSchema = z.strictObject({ name: z.string().min(1), config: z.record(z.string(), z.string()) });

/** What a program takes from a connector file. */
export interface ConnectorSettings {
  readonly slot: string;
  readonly publication: string;
  readonly topicPrefix: string;
  readonly tables: readonly WantedTable[];
  /** How the topics of the tables are made: as the connector itself would. */
  readonly topics: TopicSettings;
  /** Properties that say something else than the shipped file and mean nothing to the embedded reader, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads the file that drives both modes (debezium 1.6). Rejects with code `connector-file`, naming everything that is wrong: no
 * such file, no connector, a property nobody knows, a value that contradicts the embedded reader, other tables or keys than
 * the contracts'.
 */
export async function readConnectorFile(
  path: string,
  contracts: readonly ConnectorTable[],
  namespace: string,
): Promise<ConnectorSettings> {
  return connectorSettings(path, await loadConnector(path), contracts, namespace);
}

/** The connector of a file, unchecked. Rejects with code `connector-file` when there is none. */
export async function loadConnector(path: string): Promise<Connector> {
  return parse(path, await readFile(path, 'utf8').catch((error: unknown) => refuse(path, [String(error)])));
}

/** As readConnectorFile, from a file's content; `path` is for messages. */
export function connectorSettings(
  path: string,
  { config }: Connector,
  contracts: readonly ConnectorTable[],
  namespace: string,
): ConnectorSettings {
  const unknown = Object.keys(config).filter((property) => !isKnownProperty(property, config));
  const absent = ['slot.name', 'publication.name', 'topic.prefix', 'table.include.list'].filter(
    (name) => !config[name],
  );
  const faults = [
    ...unknown.map((property) => `${property} is not a property of this connector`),
    ...absent.map((property) => `${property} is not set`),
    ...contradictions(config),
    ...impossibleTopics(config),
    ...differences(config, contracts),
  ];
  if (faults.length > 0) refuse(path, faults);
  return {
    slot: inNamespace(config['slot.name'] ?? '', namespace),
    publication: inNamespace(config['publication.name'] ?? '', namespace),
    topicPrefix: config['topic.prefix'] ?? '',
    tables: contracts.map(({ schema, table, key }) => ({ schema, table, keyColumns: [key] })),
    topics: topicSettings(config),
    warnings: warnings(config, connectorFor(contracts, DEFAULT_NAMESPACE).config),
  };
}

/** Names that begin with the default namespace move to another one; names of the user's own stay. */
export function inNamespace(name: string, namespace: string): string {
  const prefix = `${DEFAULT_NAMESPACE}_`;
  if (name === DEFAULT_NAMESPACE) return namespace;
  return name.startsWith(prefix) ? `${namespace}_${name.slice(prefix.length)}` : name;
}

/** Properties that are taken from the file, and so may differ from the shipped one. */
const TAKEN = new Set([
  'name',
  'slot.name',
  'publication.name',
  'topic.prefix',
  'table.include.list',
  'message.key.columns',
]);

function warnings(config: Connector['config'], shipped: Connector['config']): string[] {
  return Object.keys(config)
    .filter((property) => !TAKEN.has(property) && !isFixed(property) && config[property] !== shipped[property])
    .map((property) => `${property} means nothing to the embedded reader`);
}

function parse(path: string, text: string): Connector {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return refuse(path, [String(error)]);
  }
  const result = connectorSchema.safeParse(content);
  if (result.success) return result.data;
  return refuse(
    path,
    result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  );
}

function refuse(path: string, faults: readonly string[]): never {
  throw streamError('connector-file', `${path} cannot be used: ${faults.join('; ')}`);
}
