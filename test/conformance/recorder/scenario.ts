import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { COLLIDING_CONNECTORS, CONNECTORS, type RecordedConnector } from './connectors.js';

/** What is recorded on one database: what is there before, which connectors read, and what is done, step by step. */
export interface Scenario {
  readonly before: readonly string[];
  readonly connectors: readonly RecordedConnector[];
  readonly partitions: number;
  /** All topics that a connector may write to, but for its heartbeats; without its prefix. */
  readonly topics: readonly string[];
  /** Those that are recorded; left out: all. */
  readonly recorded?: RegExp;
  readonly steps: readonly ScenarioStep[];
}

/** A step, named as its file; each statement is sent by itself, and one with several parts is one transaction. */
export interface ScenarioStep {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Statements that only Debezium can take are here; the others are those that the embedded reader is held to. */
const FOLDERS = [new URL('./sql/', import.meta.url), new URL('../recordings/', import.meta.url)];
const TABLES = [
  ...['order_intent', 'order', 'order_status_history'].map((table) => `order.${table}`),
  'inventory.reservation',
  ...['all_types', 'toast_default', 'toast_full', 'rid_nothing', 'no_pk', 'trunc'].map((table) => `kit.${table}`),
];
const OWN_TOPICS = ['cdc.signal', 'transaction', 'message', 'notifications'];
const COLLISION = '24-incremental-key-collision';

/** Both scenarios: 23 steps of every kind, and the one of keys that collide in an incremental snapshot. */
export function scenarios(): Scenario[] {
  const names = new Set(FOLDERS.flatMap((folder) => readdirSync(folder)).map((file) => file.split('.')[0]!));
  const steps = [...names, '17-heartbeat'].filter((name) => /^\d\d-/.test(name) && !/^0[01]-/.test(name)).sort();
  const stepOf = (name: string) => ({ name, statements: name === '17-heartbeat' ? [] : statementsIn(name) });
  return [
    {
      before: [...statementsIn('schema'), ...statementsIn('00-rows-before')],
      connectors: CONNECTORS,
      partitions: 3,
      topics: [...TABLES, 'orders', ...OWN_TOPICS],
      steps: [
        { name: '01-snapshot-initial', statements: [] },
        ...steps.filter((name) => name !== COLLISION).map(stepOf),
      ],
    },
    {
      before: [...statementsIn('schema'), ...statementsIn('rows-that-collide')],
      connectors: COLLIDING_CONNECTORS,
      partitions: 12,
      topics: ['order.order_intent', ...OWN_TOPICS],
      recorded: /\.order_intent$/,
      steps: [stepOf(COLLISION)],
    },
  ];
}

function statementsIn(name: string): string[] {
  const file = FOLDERS.map((folder) => new URL(`${name}.sql`, folder)).find((each) => existsSync(each));
  if (file === undefined) throw new Error(`there are no statements of ${name}`);
  return readFileSync(file, 'utf8')
    .split(/(?<=;)\n/)
    .filter((statement) => statement.trim() !== '');
}
