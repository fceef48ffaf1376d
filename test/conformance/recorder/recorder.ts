import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { TopicProbe, type PlacedRecord } from '../../../libs/platform/src/kafka-source/testing/topic-probe.js';
import { databaseOf, endConnector, startConnector, type FlowStack } from '../../support/flow-connector.js';
import { testServer, type TestDatabase } from '../../support/postgres.js';
import { until } from '../../support/until.js';
import { lineOf, type Line } from './line.js';
import type { Scenario, ScenarioStep } from './scenario.js';

/** A recording: the lines of each step. */
export type Recording = ReadonlyMap<string, readonly Line[]>;

const PATIENCE_MS = 60_000;

/** Plays a scenario on a database of its own, and takes down what real connectors make of it. */
export async function record(scenario: Scenario, stack: FlowStack): Promise<Recording> {
  const database = await (await testServer()).createDatabase();
  const play = new Play(scenario, stack, database);
  try {
    return await play.record();
  } finally {
    await play.end();
    await database.drop();
  }
}

class Play {
  /** Topics, slots and connectors have names across the whole stack. */
  private readonly suffix = `_${randomUUID().slice(0, 8)}`;
  private readonly names: readonly string[];
  private readonly client: Client;
  private probe: TopicProbe | null = null;

  constructor(
    private readonly scenario: Scenario,
    private readonly stack: FlowStack,
    private readonly database: TestDatabase,
  ) {
    this.names = scenario.connectors.map(({ name }) => name + this.suffix);
    this.client = new Client({ connectionString: database.url });
  }

  async record(): Promise<Recording> {
    await this.client.connect();
    const { before, partitions, steps, recorded = /./ } = this.scenario;
    for (const statement of before) await this.client.query(statement);
    const topics = this.names.flatMap((name) => [
      ...this.scenario.topics.map((topic) => `${name}.${topic}`),
      `__debezium-heartbeat.${name}`,
    ]);
    this.probe = await TopicProbe.open(this.stack.brokers, { topics, partitions });
    await Promise.all(this.scenario.connectors.map((connector) => this.start(connector)));
    const recording = new Map<string, Line[]>();
    for (const step of steps) {
      const records = (await this.recordsOf(step, this.probe)).filter(({ topic }) => recorded.test(topic));
      recording.set(
        step.name,
        records.map((each) => lineOf(each, this.suffix)),
      );
    }
    return recording;
  }

  async end(): Promise<void> {
    await this.client.end();
    await Promise.all(this.names.map((name) => endConnector(this.stack, this.database.url, name)));
    await this.probe?.close();
  }

  private async start({ name, properties }: Scenario['connectors'][number]): Promise<void> {
    const own = name + this.suffix;
    await startConnector(this.stack, this.database.url, own, {
      ...properties,
      ...databaseOf(this.database.url),
      'topic.prefix': own,
      'slot.name': own,
      'notification.sink.topic.name': `${own}.notifications`,
    });
  }

  private async recordsOf({ name, statements }: ScenarioStep, probe: TopicProbe): Promise<PlacedRecord[]> {
    for (const statement of statements) await this.client.query(statement);
    await this.settled(name, probe);
    const mark = `end of ${name}`;
    await this.client.query(`SELECT pg_logical_emit_message(false, $1, '')`, [mark]);
    return probe.recordsBefore(mark, this.names);
  }

  /** What a step sets off goes on after its statements are done. */
  private async settled(step: string, probe: TopicProbe): Promise<void> {
    const [first] = this.names;
    const inTopic = (topic: string, text: string) => (record: PlacedRecord) =>
      record.topic === topic && record.value?.includes(text) === true;
    if (step.includes('heartbeat'))
      await probe.untilSeen('a heartbeat', inTopic(`__debezium-heartbeat.${first}`, 'ts_ms'));
    if (step.includes('incremental')) await until('all windows are closed', () => this.windowsAreClosed(), PATIENCE_MS);
    if (!step.includes('snapshot')) return;
    await probe.untilSeen('a snapshot is told complete', inTopic(`${first}.notifications`, '"type":"COMPLETED"'));
    if (!step.includes('blocking')) return;
    const { rowCount } = await this.client.query('SELECT FROM "order"."order"');
    for (const name of this.signalled())
      await probe.untilSeen(`${name} has read`, inTopic(`${name}.order.order`, 'op":"r"'), rowCount ?? 0);
  }

  /** An incremental snapshot reads one chunk here, and finds none behind it. */
  private async windowsAreClosed(): Promise<boolean> {
    const { rows } = await this.client.query<{ closed: boolean }>(
      `SELECT count(*) FILTER (WHERE type = 'snapshot-window-close')
              = 2 * $1 * count(*) FILTER (WHERE type = 'execute-snapshot' AND data LIKE '%INCREMENTAL%') AS closed FROM cdc.signal`,
      [this.signalled().length],
    );
    return rows[0]!.closed;
  }

  private signalled(): string[] {
    return this.names.filter((_, index) => 'signal.data.collection' in this.scenario.connectors[index]!.properties);
  }
}
