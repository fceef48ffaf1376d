import type { Memory, Setting } from './setting.js';

/** What Kafka Connect of this size needs, under load too. */
export const CONNECT_MEMORY: Memory = { heap: '384m', classes: '128m' };

/** Where Connect lives. */
export interface ConnectPlace {
  /** Port of 127.0.0.1 for its REST interface. */
  readonly port: number;
  /** `host:port` of brokers. */
  readonly brokers: readonly string[];
  /** Folder whose subfolders are plugins. */
  readonly pluginFolder: string;
  /** The only folder that connectors may read secrets from; absolute. */
  readonly secretsFolder: string;
}

const json = 'org.apache.kafka.connect.json.JsonConverter';
const TOPICS: readonly Setting[] = [
  { name: 'group.id', value: 'orderkeel-connect', why: 'Workers of one name share the connectors.' },
  { name: 'config.storage.topic', value: 'orderkeel_connect_configs', why: 'Where it keeps connectors.' },
  { name: 'offset.storage.topic', value: 'orderkeel_connect_offsets', why: 'Where it keeps how far they came.' },
  { name: 'status.storage.topic', value: 'orderkeel_connect_status', why: 'Where it keeps how they are.' },
  { name: 'config.storage.replication.factor', value: '1', why: 'One broker.' },
  { name: 'offset.storage.replication.factor', value: '1', why: 'One broker.' },
  { name: 'status.storage.replication.factor', value: '1', why: 'One broker.' },
  { name: 'offset.storage.partitions', value: '1', why: 'One connector.' },
  { name: 'status.storage.partitions', value: '1', why: 'One connector.' },
];

const QUICK_RETURN: readonly Setting[] = [
  {
    name: 'session.timeout.ms',
    value: '6000',
    why: 'A killed worker is missed for as long; the broker allows no less, the default is 10 s.',
  },
  { name: 'heartbeat.interval.ms', value: '1000', why: 'Several within a session.' },
  {
    name: 'scheduled.rebalance.max.delay.ms',
    value: '0',
    why: 'There is no other worker to wait for; the default is 5 minutes.',
  },
];

/** What holds wherever Connect lives: for plain processes and for containers. */
export const CONNECT_SETTINGS: readonly Setting[] = [
  ...TOPICS,
  {
    name: 'exactly.once.source.support',
    value: 'enabled',
    why: 'Records and offsets are one transaction: without it a Connect killed before its first flush reads all tables again.',
  },
  { name: 'key.converter', value: json, why: 'For connectors that name none.' },
  { name: 'value.converter', value: json, why: 'For connectors that name none.' },
  {
    name: 'connector.client.config.override.policy',
    value: 'All',
    why: 'The connector file says how its producer batches, and how soon its transactions end.',
  },
  { name: 'plugin.discovery', value: 'service_load', why: 'Reads manifests instead of every class: seconds less.' },
  { name: 'config.providers', value: 'file', why: 'Secrets stay in a file, and out of what REST answers.' },
  {
    name: 'config.providers.file.class',
    value: 'org.apache.kafka.common.config.provider.FileConfigProvider',
    why: 'The provider that ${file:...} means.',
  },
  ...QUICK_RETURN,
];

/** All settings of Connect at its place: a group of one worker, on the loopback interface alone. */
export function connectSettings({ port, brokers, pluginFolder, secretsFolder }: ConnectPlace): Setting[] {
  return [
    { name: 'bootstrap.servers', value: brokers.join(','), why: 'The broker.' },
    { name: 'listeners', value: `http://127.0.0.1:${port}`, why: 'Only programs of this machine.' },
    { name: 'rest.advertised.host.name', value: '127.0.0.1', why: 'The name of the machine may lead elsewhere.' },
    { name: 'plugin.path', value: pluginFolder, why: "Debezium's own libraries, apart from Kafka's." },
    {
      name: 'config.providers.file.param.allowed.paths',
      value: secretsFolder,
      why: 'A connector can read secrets from this folder and no other file of the machine.',
    },
    ...CONNECT_SETTINGS,
  ];
}
