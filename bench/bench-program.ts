// `npm run bench`: measures the product as a user runs it, on data of its own (bench/README.md).
import { closeOnSignals, type InstallationWish } from './installation/installation.js';
import { pinTo } from './machine/pin.js';
import { profilesOf, readOptions } from './options.js';
import type { Bench, PartAlone, PartOnInstallation } from './part.js';
import { onInstallation } from './parts/on-installation.js';
import { Findings } from './parts/findings.js';
import { PARTS_ALONE, PARTS_ON_INSTALLATION } from './parts/parts.js';
import { resultsOf, writeResults } from './report/results.js';
import { renderTables } from './report/tables.js';

const all: readonly (PartOnInstallation | PartAlone)[] = [...PARTS_ON_INSTALLATION, ...PARTS_ALONE];
const usual = all.filter((part) => !('onRequest' in part));
const names = { all: all.map(({ name }) => name), usual: usual.map(({ name }) => name) };
const options = readOptions(process.argv.slice(2), names);
if (options.cpus !== null) await pinTo(options.cpus);
closeOnSignals();

// The tables alone go to stdout.
const bench: Bench = { options, say: (line) => process.stderr.write(`${line}\n`) };
const findings = new Findings();
const isWanted = ({ name }: { name: string }) => options.parts.includes(name);

async function measureOn(wish: InstallationWish): Promise<void> {
  const parts = PARTS_ON_INSTALLATION.filter((part) => isWanted(part) && part.suits(wish));
  if (parts.length === 0) return;
  bench.say(`Starting ${wish.mode}, ${wish.profile}`);
  await onInstallation(wish, async (installation, generator) => {
    for (const part of parts) findings.add(part.name, await part.measure({ ...bench, installation, generator }));
  });
}

for (const mode of options.modes) for (const profile of profilesOf(options, mode)) await measureOn({ mode, profile });
for (const part of PARTS_ALONE.filter(isWanted)) findings.add(part.name, await part.measureAlone(bench));
const results = await resultsOf(options, findings.all());
await writeResults(results);
process.stdout.write(`${renderTables(results).join('\n')}\n\nWritten to ${options.out}\n`);
