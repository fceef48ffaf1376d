import type { AskedPorts } from '../asked-ports.js';
import type { Jars } from '../jars/fetch-jars.js';
import type { JavaProgram } from '../process/java-program.js';
import { CONNECT_MEMORY, connectSettings } from '../settings/connect-settings.js';
import type { StackFolder } from '../stack-folder.js';
import { isHealthy, urlOf } from './connect-client.js';

/** What Connect runs with, besides its folder. */
interface Surroundings {
  readonly java: string;
  readonly jars: Jars;
  readonly asked: AskedPorts;
  /** `host:port` of brokers. */
  readonly brokers: readonly string[];
}

/** Kafka Connect: a group of one worker, with Debezium as its plugin. */
export function connect(folder: StackFolder, { java, jars, asked, brokers }: Surroundings): JavaProgram {
  const { pluginFolder } = jars;
  return {
    title: 'Kafka Connect',
    folder: folder.connect,
    java,
    classpath: jars.classpath,
    mainClass: 'org.apache.kafka.connect.cli.ConnectDistributed',
    memory: CONNECT_MEMORY,
    portCount: 1,
    asked: asked.connect,
    settings: ([port = 0]) => connectSettings({ port, brokers, pluginFolder, secretsFolder: folder.secrets }),
    serves: (port) => isHealthy(urlOf(port)),
  };
}
