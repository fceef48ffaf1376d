import { join } from 'node:path';
import { StackError } from '../stack-error.js';
import { runTool } from './run-tool.js';
import { isAtLeast, javaVersion } from './version.js';

/** What Kafka's broker and Debezium are compiled for. */
const LEAST = [17];
const ADVICE =
  'Install one (Debian and Ubuntu: "apt install openjdk-17-jre-headless"; macOS: "brew install openjdk@17"), ' +
  'or name the folder of another with JAVA_HOME.';

/** The Java that runs broker and Connect: JAVA_HOME's, else the PATH's. Throws `java-missing` or `java-too-old`. */
export async function findJava(javaHome = process.env['JAVA_HOME']): Promise<string> {
  const java = javaHome ? join(javaHome, 'bin', 'java') : 'java';
  const { output } = await runTool(java, ['-version']);
  const version = javaVersion(output);
  if (version === null) {
    const where = javaHome ? `there is none in ${javaHome}, which JAVA_HOME names` : 'none is in the PATH';
    throw new StackError('java-missing', `Kafka and Debezium need Java 17 or newer, and ${where}. ${ADVICE}`);
  }
  if (!isAtLeast(version, LEAST)) {
    throw new StackError(
      'java-too-old',
      `Kafka and Debezium need Java 17 or newer, and ${java} is ${version.join('.')}. ${ADVICE}`,
    );
  }
  return java;
}
