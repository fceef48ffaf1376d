import { runTool } from '../java/run-tool.js';
import { isAtLeast, mavenVersion } from '../java/version.js';
import { StackError } from '../stack-error.js';

/** What the plugin that copies the jars needs. */
const LEAST = [3, 6, 3];
const ADVICE = 'Install it (Debian and Ubuntu: "apt install maven"; macOS: "brew install maven") and run this again.';

/** Gives the Maven of the PATH, which is needed once, to fetch what the stack runs. Throws `maven-missing` or `maven-too-old`. */
export async function findMaven(maven = 'mvn'): Promise<string> {
  const { output } = await runTool(maven, ['--version']);
  const version = mavenVersion(output);
  if (version === null) {
    throw new StackError(
      'maven-missing',
      `Kafka and Debezium are fetched with Maven 3.6.3 or newer, and none that runs is in the PATH. ${ADVICE}`,
    );
  }
  if (!isAtLeast(version, LEAST)) {
    throw new StackError(
      'maven-too-old',
      `Kafka and Debezium are fetched with Maven 3.6.3 or newer, and this is ${version.join('.')}. ${ADVICE}`,
    );
  }
  return maven;
}
