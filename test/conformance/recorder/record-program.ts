// `npm run record:debezium -- --to FOLDER [--against FOLDER]`: plays the scenarios to real connectors, writes what these make of
// them, and says where it is not what the other folder has. Needs Java and Maven; the stack is the one that FLOW_BROKERS and
// FLOW_CONNECT_URL name, or one of its own.
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Stack } from '../../kafka/stack-commands.js';
import { flowStack } from '../../support/flow-connector.js';
import { dataFolder } from '../../support/postgres-programs.js';
import { differenceOf } from './differences.js';
import { readRecording, writeRecording } from './files.js';
import { record } from './recorder.js';
import { scenarios } from './scenario.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({ options: { to: { type: 'string' }, against: { type: 'string' } } });
const given = values.against === undefined ? null : readRecording(values.against);
if (values.to === undefined || (values.against !== undefined && given === null)) {
  process.stderr.write('Usage: npm run record:debezium -- --to FOLDER [--against FOLDER with a recording]\n');
  process.exit(2);
}
const own = flowStack() ? null : new Stack(await dataFolder());
try {
  const started = await own?.up();
  const stack = flowStack() ?? { brokers: started!.brokers.join(','), connectUrl: started!.connectUrl };
  for (const scenario of scenarios()) {
    const recording = await record(scenario, stack);
    await writeRecording(values.to, recording);
    for (const [step, lines] of recording) {
      const difference = given && differenceOf(step, given.get(step) ?? [], lines);
      say(`${step}: ${lines.length} records${given === null ? '' : difference ? ', DIFFERENT' : ', the same'}`);
      for (const text of difference?.missing ?? []) say(`  missing    ${text}`);
      for (const text of difference?.unexpected ?? []) say(`  unexpected ${text}`);
      if (difference) process.exitCode = 1;
    }
  }
} finally {
  await own?.down();
  if (own) await rm(own.dataDir, { recursive: true, force: true });
}
