import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Acl, AclGroup } from '../../infra/acls/acl.js';
import { aclArguments } from '../../infra/acls/acl-commands.js';
import { testAcls, type TestAcls } from '../../libs/platform/src/kafka-source/testing/test-acls.js';
import { stopAll } from '../stream/support/flows.js';
import { consumer } from '../stream/support/look.js';
import { faultsIn, type AsyncApi } from '../support/asyncapi-document.js';
import { slotOf } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { ExampleRun, examplesHere } from './example-consumers.js';
import { aclsOn, USERS } from './guarded-installation.js';
import { SecuredStack } from './secured-stack.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];

describe('a Kafka that lets in only whom it knows, for what was allowed', () => {
  let stack: SecuredStack;
  let acls: TestAcls;
  let db: MigratedDatabase;
  let needed: AclGroup[];
  const flows: Flow[] = [];
  const lines: string[] = [];
  const says = (text: string) => until(`the log says ${text}`, () => lines.some((line) => line.includes(text)), 60_000);

  /** A program that runs some modules, logged in as one user. */
  const start = async (run: string, user: string, more: Record<string, string> = {}) => {
    const variables = {
      ORDERKEEL_RUN: run,
      ORDERKEEL_KAFKA_BROKERS: stack.brokers,
      ORDERKEEL_KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
      ORDERKEEL_KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      ORDERKEEL_KAFKA_SASL_USERNAME: user,
      ORDERKEEL_KAFKA_SASL_PASSWORD_FILE: await stack.passwordFile(user),
      ORDERKEEL_KAFKA_SSL_CA_FILE: stack.authority.caFile,
      ...more,
    };
    const flow = await Flow.start({ on: db, running: false, variables, lines });
    flows.push(flow);
    return flow;
  };
  const aclOf = (part: string, kind: Acl['kind']) =>
    needed.find(({ title }) => title.startsWith(part))!.acls.find((acl) => acl.kind === kind)!;
  const anOrder = () => flows[0]!.submit({ lines: [{ sku: 'SECURED-1', quantity: 1 }] });

  beforeAll(async () => {
    stack = await SecuredStack.start(USERS);
    acls = await testAcls(stack.innerBrokers);
    db = await migratedDatabase();
    needed = await aclsOn(db);
    await acls.allow(needed.flatMap((group) => group.acls));
    process.env['FLOW_BROKERS'] = stack.brokers;
    process.env['FLOW_CONNECT_URL'] = await stack.startConnect('connect', 'connector');
    await start('http', 'http');
  });
  afterAll(async () => {
    await stopAll(flows);
    await acls.close();
    await stack.stop();
  });

  it('lets an order through, each part by its own login, with nothing but what stack:acls prints', async () => {
    const [api] = flows;
    await start('order,commerce-core', 'order');
    await start('inventory', 'inventory');
    await api!.expectRunning();
    await api!.receive('SECURED-1', 100);
    await api!.expectTimeline(await anOrder(), CONFIRMED);
    expect(await consumer(api!, INTAKE)).toMatchObject({ state: 'RUNNING', lagEvents: 0 });
  });

  it.each(examplesHere().map((example) => [example.title, example] as const))(
    'lets the example on %s read, in a group of its own',
    async (title, example) => {
      const run = new ExampleRun(example, {
        KAFKA_BROKERS: stack.brokers,
        KAFKA_TOPIC: `${slotOf(db)}.order.order_status_history`,
        KAFKA_CA_FILE: stack.authority.caFile,
        KAFKA_USERNAME: 'outside',
        // Debian 12's librdkafka repeats a nonce in SCRAM, for which Kafka 4 refuses it.
        KAFKA_SASL_MECHANISM: title.endsWith('confluent_kafka') ? 'PLAIN' : 'SCRAM-SHA-512',
        KAFKA_PASSWORD_FILE: await stack.passwordFile('outside'),
      });
      run.start(`example.${title.replace(/\W+/g, '-')}`);
      try {
        await until('it has read the timeline', () => run.kept.length >= CONFIRMED.length, 60_000);
      } catch (error) {
        throw new Error(run.stderr, { cause: error });
      } finally {
        await run.remove();
      }
    },
  );

  it('says which ACL is missing when one is taken back, and goes on once it was given again', async () => {
    const acl = aclOf(INTAKE, 'topic');
    await acls.forbid([acl]);
    await says(`Kafka allows no Read on the topic ${slotOf(db)}.order.order:`);
    const order = await anOrder();
    const { code, output } = await stack.kafkaAcls('--add', '--allow-principal', ...aclArguments(acl));
    expect([code, output]).toEqual([0, expect.stringContaining('operation=READ')]);
    await flows[0]!.expectTimeline(order, CONFIRMED);
  });

  it('says what a program lacks that may not log in, look, make topics or join a group, and nobody’s password', async () => {
    await Promise.all([
      start('http', 'http', { ORDERKEEL_KAFKA_SASL_PASSWORD: 'wrong-password' }),
      start('http', 'connect'),
      start('http', 'outside'),
      start('inventory', 'order'),
    ]);
    await says('see ORDERKEEL_KAFKA_SASL_USERNAME');
    await says(`Kafka allows no Create on the topics ${slotOf(db)}.order.order_intent, `);
    await says('Kafka allows no DescribeConfigs on one of the topics');
    await says(`Kafka allows no Read on the group ${slotOf(db)}.${INTAKE}:`);
    const visible = [...lines, JSON.stringify((await flows[0]!.call('GET', '/ops/consumers')).body)].join('\n');
    for (const secret of ['wrong-password', ...Object.values(stack.logins)]) expect(visible).not.toContain(secret);
  });

  it('takes SASL PLAIN and certificates as well', async () => {
    const { certFile, keyFile } = stack.authority.certify('http');
    const plain = await start('http', 'http', { ORDERKEEL_KAFKA_SASL_MECHANISM: 'PLAIN' });
    const certified = await start('http', 'http', {
      ORDERKEEL_KAFKA_BROKERS: stack.certificateBrokers,
      ORDERKEEL_KAFKA_SECURITY_PROTOCOL: 'SSL',
      ORDERKEEL_KAFKA_SASL_MECHANISM: '',
      ORDERKEEL_KAFKA_SASL_USERNAME: '',
      ORDERKEEL_KAFKA_SASL_PASSWORD_FILE: '',
      ORDERKEEL_KAFKA_SSL_CERTIFICATE_FILE: certFile,
      ORDERKEEL_KAFKA_SSL_KEY_FILE: keyFile,
    });
    for (const [program, type] of [
      [plain, 'plain'],
      [certified, 'X509'],
    ] as const) {
      await program.expectQuiet();
      const { body } = await program.call<AsyncApi>('GET', '/docs/asyncapi.json');
      expect(faultsIn(body)).toEqual([]);
      expect(body.components).toMatchObject({ securitySchemes: { client: { type } } });
    }
  });
});
