// `npm run bench`: measures the product as a user runs it, on data of its own (bench/README.md).
import { closeOnSignals, type InstallationWish } from './installation/installation.js';
import { pinTo } from './machine/pin.js';
import { profilesOf, readOptions } from './options.js';
import type { Bench, PartAlone, PartOnInstallation } from './part.js';
import { LOADS } from './parts/b1/loads.js';
import { onInstallation } from './parts/on-installation.js';
import { Findings } from './parts/findings.js';
import { PARTS_ALONE, PARTS_ON_INSTALLATION, type PartName } from './parts/parts.js';
import { resultsOf, writeResults } from './report/results.js';
import { renderTables } from './report/tables.js';

const all: readonly (PartOnInstallation | PartAlone)[] = [...PARTS_ON_INSTALLATION, ...PARTS_ALONE];
const usual = all.filter((part) => !('onRequest' in part));
const namesOf = (each: readonly { readonly name: string }[]) => each.map(({ name }) => name);
const names = { parts: namesOf(all), usualParts: namesOf(usual), loads: namesOf(LOADS) };
const options = readOptions(process.argv.slice(2), names);
if (options.cpus !== null) await pinTo(options.cpus);
closeOnSignals();

// The tables alone go to stdout.
const bench: Bench = { options, say: (line) => process.stderr.write(`${line}\n`) };
const findings = new Findings();
const isWanted = ({ name }: { name: string }) => options.parts.includes(name);

/** Writes down all that there is so far: an error in the second hour is not to lose the first. */
async function keep(part: PartName, figures: readonly unknown[]): Promise<void> {
  findings.add(part, figures);
  await writeResults(await resultsOf(options, findings.all()));
}

async function measureOn(wish: InstallationWish): Promise<void> {
  const parts = PARTS_ON_INSTALLATION.filter((part) => isWanted(part) && part.suits(wish));
  if (parts.length === 0) return;
  bench.say(`Starting ${wish.mode}, ${wish.profile}`);
  await onInstallation(wish, async (installation, generator) => {
    for (const part of parts) await keep(part.name, await part.measure({ ...bench, installation, generator }));
  });
}

for (const mode of options.modes) for (const profile of profilesOf(options, mode)) await measureOn({ mode, profile });
for (const part of PARTS_ALONE.filter(isWanted)) await keep(part.name, await part.measureAlone(bench));
const results = await resultsOf(options, findings.all());
await writeResults(results);
process.stdout.write(`${renderTables(results).join('\n')}\n\nWritten to ${options.out}\n`);
