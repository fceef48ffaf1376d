import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { broker } from '../../infra/stack/broker.js';
import { connect } from '../../infra/stack/connect/connect.js';
import { fetchJars, type Jars } from '../../infra/stack/jars/fetch-jars.js';
import { findJava } from '../../infra/stack/java/find-java.js';
import { runTool, type ToolResult } from '../../infra/stack/java/run-tool.js';
import { ensureProcess } from '../../infra/stack/process/ensure-process.js';
import { javaOptions, type JavaProgram } from '../../infra/stack/process/java-program.js';
import type { ProcessRecord } from '../../infra/stack/process/process-record.js';
import { stopProcess } from '../../infra/stack/process/stop-process.js';
import { BROKER_MEMORY } from '../../infra/stack/settings/broker-settings.js';
import { stackFolder, type StackFolder } from '../../infra/stack/stack-folder.js';
import { dataFolder, removeFolder } from '../support/postgres-programs.js';
import { Authority } from './certificates.js';
import { securedBroker, securedConnect, type Logins } from './secured-settings.js';

const NOBODY_ASKS = { broker: null, connect: null };
const PATIENCE_MS = 10_000;
const quiet = () => undefined;

/** A broker that lets nobody in unknown and allows nothing by itself, and a Kafka Connect that logs in to it. */
export class SecuredStack {
  private worker: ProcessRecord | null = null;

  private constructor(
    private readonly dataDir: string,
    private readonly folder: StackFolder,
    private readonly java: string,
    private readonly jars: Jars,
    private readonly kafka: ProcessRecord,
    readonly authority: Authority,
    readonly logins: Logins,
  ) {}

  /** Starts the broker, which knows these users by passwords of its own making. */
  static async start(users: readonly string[]): Promise<SecuredStack> {
    const dataDir = await dataFolder();
    const folder = stackFolder(dataDir);
    for (const path of [folder.broker, folder.secrets]) await mkdir(path, { recursive: true });
    const [java, jars] = [await findJava(), await fetchJars(process.env['FLOW_JARS'] ?? folder.jars, quiet)];
    const authority = new Authority(folder.secrets);
    const logins = Object.fromEntries(users.map((user) => [user, randomBytes(12).toString('hex')]));
    const place = {
      dataFolder: join(folder.broker, 'topics'),
      keyFile: authority.certify('broker').bothFile,
      caFile: authority.caFile,
      logins,
    };
    const shipped = broker(folder, java, jars, NOBODY_ASKS);
    const program: JavaProgram = {
      ...shipped,
      portCount: 4,
      settings: (ports) => securedBroker(ports, place),
      prepare: async (settingsFile) => {
        const scram = Object.entries(logins).flatMap(([name, password]) => [
          '--add-scram',
          `SCRAM-SHA-512=[name=${name},password=${password}]`,
        ]);
        const id = ['--cluster-id', 'SecuredSecuredSecured0'];
        const { code, output } = await javaTool({ java, jars }, 'kafka.tools.StorageTool', [
          ...['format', '--standalone', ...id, '--config', settingsFile],
          ...scram,
        ]);
        if (code !== 0) throw new Error(output);
      },
    };
    const kafka = await ensureProcess(program, quiet);
    return new SecuredStack(dataDir, folder, java, jars, kafka, authority, logins);
  }

  /** Where the test itself gets in, as a super user. */
  get innerBrokers(): string {
    return `127.0.0.1:${this.kafka.ports[0]}`;
  }

  /** Where users log in, encrypted. */
  get brokers(): string {
    return `127.0.0.1:${this.kafka.ports[2]}`;
  }

  /** Where certificates say who comes. */
  get certificateBrokers(): string {
    return `127.0.0.1:${this.kafka.ports[3]}`;
  }

  /** Starts Kafka Connect, which logs in as one user, and for its connectors as another; gives its address. */
  async startConnect(worker: string, connector: string): Promise<string> {
    const { folder, java, jars, logins } = this;
    const shipped = connect(folder, { java, jars, asked: NOBODY_ASKS, brokers: [this.brokers] });
    const access = {
      caFile: this.authority.caFile,
      worker: [worker, logins[worker]!] as [string, string],
      connector: [connector, logins[connector]!] as [string, string],
    };
    const program = {
      ...shipped,
      settings: (ports: readonly number[]) => securedConnect(shipped.settings(ports), access),
    };
    this.worker = await ensureProcess(program, quiet);
    return `http://127.0.0.1:${this.worker.ports[0]}`;
  }

  /** The file that holds a user's password. */
  async passwordFile(user: string): Promise<string> {
    const path = join(this.folder.secrets, `${user}.password`);
    await writeFile(path, `${this.logins[user]}\n`, { mode: 0o600 });
    return path;
  }

  /** Runs `kafka-acls.sh` as the super user. */
  kafkaAcls(...args: string[]): Promise<ToolResult> {
    const all = ['--bootstrap-server', this.innerBrokers, ...args];
    const { java, jars } = this;
    return javaTool({ java, jars }, 'org.apache.kafka.tools.AclCommand', all);
  }

  async stop(): Promise<void> {
    if (this.worker) await stopProcess(this.worker, PATIENCE_MS);
    await stopProcess(this.kafka, PATIENCE_MS);
    await removeFolder(this.dataDir);
  }
}

function javaTool(
  { java, jars }: { java: string; jars: Jars },
  mainClass: string,
  args: readonly string[],
): Promise<ToolResult> {
  return runTool(java, [...javaOptions(BROKER_MEMORY), '-cp', jars.classpath, mainClass, ...args]);
}
