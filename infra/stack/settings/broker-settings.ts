import type { Memory, Setting } from './setting.js';

/** What a broker of this size needs, under load too. */
export const BROKER_MEMORY: Memory = { heap: '256m', classes: '96m' };

/** Where one broker lives. */
export interface BrokerPlace {
  /** Port of 127.0.0.1 for clients. */
  readonly port: number;
  /** Port of 127.0.0.1 at which the controller is found. */
  readonly controllerPort: number;
  readonly dataFolder: string;
}

const oneBroker = 'There is one broker to keep a copy.';
const SINGLE_COPIES: readonly Setting[] = [
  { name: 'offsets.topic.replication.factor', value: '1', why: oneBroker },
  { name: 'transaction.state.log.replication.factor', value: '1', why: oneBroker },
  { name: 'transaction.state.log.min.isr', value: '1', why: oneBroker },
  { name: 'share.coordinator.state.topic.replication.factor', value: '1', why: oneBroker },
  { name: 'share.coordinator.state.topic.min.isr', value: '1', why: oneBroker },
];

const SMALL: readonly Setting[] = [
  { name: 'offsets.topic.num.partitions', value: '4', why: 'For a handful of groups; the default is 50.' },
  { name: 'transaction.state.log.num.partitions', value: '4', why: 'Connect is the only one with transactions.' },
  {
    name: 'log.cleaner.dedupe.buffer.size',
    value: '4194304',
    why: 'Bytes. The default of 128 MB is for compacted topics of many keys; ours are three small ones of Connect.',
  },
  { name: 'num.network.threads', value: '2', why: 'Small machines.' },
  { name: 'num.io.threads', value: '4', why: 'Small machines.' },
  { name: 'background.threads', value: '2', why: 'Small machines.' },
];

const QUICK_RETURN: readonly Setting[] = [
  {
    name: 'group.initial.rebalance.delay.ms',
    value: '0',
    why: 'The first member of a group need not wait for others.',
  },
  {
    name: 'broker.session.timeout.ms',
    value: '2000',
    why: 'After a kill the next start is refused as a duplicate for as long; the default is 9 s.',
  },
  { name: 'broker.heartbeat.interval.ms', value: '500', why: 'Several within a session.' },
  {
    name: 'transaction.abort.timed.out.transaction.cleanup.interval.ms',
    value: '1000',
    why: 'The open transaction of a killed Connect holds up whoever reads committed records; the default is 10 s.',
  },
];

/** What holds wherever the broker lives: for plain processes and for containers. */
export const BROKER_SETTINGS: readonly Setting[] = [
  { name: 'process.roles', value: 'broker,controller', why: 'One process is the whole cluster.' },
  { name: 'node.id', value: '1', why: 'It is alone.' },
  { name: 'controller.listener.names', value: 'CONTROLLER', why: 'Its name in the list of listeners.' },
  { name: 'inter.broker.listener.name', value: 'PLAINTEXT', why: 'Its name in the list of listeners.' },
  {
    name: 'auto.create.topics.enable',
    value: 'false',
    why: 'A topic that comes from a misspelt name would have the wrong partitions.',
  },
  { name: 'num.partitions', value: '12', why: 'As the topics of the contracts have, where nobody says a number.' },
  ...SINGLE_COPIES,
  ...SMALL,
  ...QUICK_RETURN,
];

/** All settings of a broker at its place: a node that is broker and controller, on the loopback interface alone. */
export function brokerSettings({ port, controllerPort, dataFolder }: BrokerPlace): Setting[] {
  const listeners = `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`;
  return [
    { name: 'listeners', value: listeners, why: 'Only programs of this machine.' },
    { name: 'advertised.listeners', value: listeners, why: 'Clients stay at the address by which they came.' },
    {
      name: 'listener.security.protocol.map',
      value: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      why: 'No encryption on the loopback interface.',
    },
    {
      name: 'controller.quorum.bootstrap.servers',
      value: `127.0.0.1:${controllerPort}`,
      why: 'A quorum that is looked up may change its port from start to start, and keeps its data.',
    },
    { name: 'log.dirs', value: dataFolder, why: 'The topics.' },
    ...BROKER_SETTINGS,
  ];
}
