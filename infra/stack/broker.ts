import { randomBytes } from 'node:crypto';
import { access } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { AskedPorts } from './asked-ports.js';
import type { Jars } from './jars/fetch-jars.js';
import { runTool } from './java/run-tool.js';
import { javaOptions, type JavaProgram } from './process/java-program.js';
import { BROKER_MEMORY, brokerSettings } from './settings/broker-settings.js';
import { StackError } from './stack-error.js';
import type { StackFolder } from './stack-folder.js';

const CONNECT_MS = 1_000;

/** Kafka: broker and controller in one process. */
export function broker(folder: StackFolder, java: string, jars: Jars, asked: AskedPorts): JavaProgram {
  const dataFolder = join(folder.broker, 'topics');
  return {
    title: 'the broker',
    folder: folder.broker,
    java,
    classpath: jars.classpath,
    mainClass: 'kafka.Kafka',
    memory: BROKER_MEMORY,
    portCount: 2,
    asked: asked.broker,
    settings: ([port = 0, controllerPort = 0]) => brokerSettings({ port, controllerPort, dataFolder }),
    prepare: async (settingsFile) => {
      // The last file that formatting writes.
      if (await exists(join(dataFolder, 'meta.properties'))) return;
      const args = ['format', '--standalone', '--cluster-id', newClusterId(), '--config', settingsFile];
      const options = [...javaOptions(BROKER_MEMORY), '-cp', jars.classpath];
      const { code, output } = await runTool(java, [...options, 'kafka.tools.StorageTool', ...args]);
      if (code === 0) return;
      throw new StackError(
        'start-failed',
        `The broker's data folder ${dataFolder} could not be made: ${output.trim()}`,
      );
    },
    serves: accepts,
  };
}

/** 22 characters; a leading dash would look like an option. */
function newClusterId(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}

/** A broker takes connections when it can serve them. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: CONNECT_MS });
    const answer = (yes: boolean) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
