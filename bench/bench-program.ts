// `npm run bench`: measures the product as a user runs it, on data of its own (bench/README.md).
import { closeOnSignals } from './installation/installation.js';
import { pinTo } from './machine/pin.js';
import { measureB1, type B1Figure } from './measure/b1.js';
import { measureB3, type B3Figure } from './measure/b3.js';
import { measureIdle } from './measure/idle.js';
import { onInstallation } from './measure/on-installation.js';
import { readOptions, type Mode, type Profile } from './options.js';
import { resultsOf, writeResults } from './report/results.js';
import { renderTables } from './report/tables.js';

const options = readOptions(process.argv.slice(2));
if (options.cpus !== null) await pinTo(options.cpus);
closeOnSignals();

const b1: B1Figure[] = [];
const b3: B3Figure[] = [];

/** What is being measured, as it comes; the tables alone go to stdout. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function measureOn(mode: Mode, profile: Profile): Promise<void> {
  const { parts } = options;
  // What is timed there is a reservation.
  const wantsB3 = parts.includes('b3') && profile === 'order+inventory';
  if (!parts.includes('b1') && !wantsB3) return;
  say(`Starting ${mode}, ${profile}`);
  await onInstallation({ mode, profile }, async (installation, generator) => {
    if (parts.includes('b1')) b1.push(...(await measureB1(installation, generator, options, say)));
    if (wantsB3) b3.push(...(await measureB3(installation, generator, options, say)));
  });
}

for (const mode of options.modes) for (const profile of options.profiles) await measureOn(mode, profile);
const idle = options.parts.includes('idle') ? await measureIdle(options, say) : [];
const results = await resultsOf(options, { b1, b3, idle });
await writeResults(results);
process.stdout.write(`${renderTables(results).join('\n')}\n\nWritten to ${options.out}\n`);
