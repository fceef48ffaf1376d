import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderSettings } from '../settings/properties.js';
import type { Memory, Setting } from '../settings/setting.js';

/** A program of the stack that Java runs: how to start it on given ports, and how to see that it serves. */
export interface JavaProgram {
  /** For people, within a sentence: `the broker`. */
  readonly title: string;
  /** Its folder: settings, log, process. */
  readonly folder: string;
  readonly java: string;
  readonly classpath: string;
  readonly mainClass: string;
  readonly memory: Memory;
  /** The first port is the one that others talk to. */
  readonly portCount: number;
  /** Port that the user asks for, and by which variable; null for any. */
  readonly asked: { readonly port: number; readonly by: string } | null;
  settings(ports: readonly number[]): readonly Setting[];
  /** Prepares what must be there before it starts. */
  prepare?(settingsFile: string): Promise<void>;
  /** Whether it serves on its first port. */
  serves(port: number): Promise<boolean>;
}

/** How a program is started on given ports. */
export interface Launch {
  readonly settingsFile: string;
  readonly settingsText: string;
  readonly args: readonly string[];
  /** Changes with everything that would make the process another one. */
  readonly fingerprint: string;
}

const LOGGING = fileURLToPath(new URL('../log4j2.properties', import.meta.url));

/** Small and soon there rather than fast: one collector, the quick compiler, small stacks. */
export function javaOptions({ heap, classes }: Memory): string[] {
  return [
    '-Xms64m',
    `-Xmx${heap}`,
    `-XX:MaxMetaspaceSize=${classes}`,
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:ReservedCodeCacheSize=48m',
    '-Xss512k',
    // A broker that cannot go on must end, so that it is seen and started again.
    '-XX:+ExitOnOutOfMemoryError',
    `-Dlog4j2.configurationFile=${LOGGING}`,
  ];
}

/** Everything that starting the program on these ports takes. No secret is in it. */
export function launchOf(program: JavaProgram, ports: readonly number[]): Launch {
  const settingsFile = join(program.folder, 'settings.properties');
  const settingsText = renderSettings(program.settings(ports));
  const args = [...javaOptions(program.memory), '-cp', program.classpath, program.mainClass, settingsFile];
  const digest = createHash('sha256').update(JSON.stringify([program.java, args, settingsText]));
  return { settingsFile, settingsText, args, fingerprint: digest.digest('hex') };
}
