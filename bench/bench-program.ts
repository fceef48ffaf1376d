// `npm run bench`: measures the product as a user runs it, on data of its own (bench/README.md).
import type { InstallationWish } from './installation/installation.js';
import { closeOnSignals } from './installation/opened.js';
import { pinTo } from './machine/pin.js';
import { profilesOf, readOptions, type Options } from './options.js';
import type { Bench, PartAlone, PartOnInstallation } from './part.js';
import { LOADS } from './parts/b1/loads.js';
import { onInstallation } from './parts/on-installation.js';
import { Findings } from './parts/findings.js';
import { PARTS_ALONE, PARTS_ON_INSTALLATION } from './parts/parts.js';
import { ResultsFile } from './report/results.js';
import { renderTables } from './report/tables.js';

const all: readonly (PartOnInstallation | PartAlone)[] = [...PARTS_ON_INSTALLATION, ...PARTS_ALONE];
const usual = all.filter((part) => !('onRequest' in part));
const namesOf = (each: readonly { readonly name: string }[]) => each.map(({ name }) => name);
const names = { parts: namesOf(all), usualParts: namesOf(usual), loads: namesOf(LOADS) };

/** The installations that are made, each with the parts that are measured on it, and the parts that need none. */
function planOf(options: Options) {
  const isWanted = ({ name }: { name: string }) => options.parts.includes(name);
  const wishes = options.modes.flatMap((mode) => profilesOf(options, mode).map((profile) => ({ mode, profile })));
  const partsOf = (wish: InstallationWish) =>
    PARTS_ON_INSTALLATION.filter((part) => isWanted(part) && part.suits(wish));
  const onInstallations = wishes
    .map((wish) => ({ wish, parts: partsOf(wish) }))
    .filter(({ parts }) => parts.length > 0);
  const alone = PARTS_ALONE.filter(isWanted);
  if (onInstallations.length + alone.length > 0) return { onInstallations, alone };
  throw new Error(
    `${options.parts.join(', ')} is not measured in these modes and profiles: bench/README.md says where`,
  );
}

/** Measures all that is asked for; what is measured is written at once, an error in the second hour is not to lose the first. */
async function measure(options: Options, file: ResultsFile): Promise<void> {
  // The tables alone go to stdout.
  const bench: Bench = { options, say: (line) => process.stderr.write(`${line}\n`) };
  const findings = new Findings();
  const { onInstallations, alone } = planOf(options);
  for (const { wish, parts } of onInstallations) {
    bench.say(`Starting ${wish.mode}, ${wish.profile}`);
    await onInstallation(wish, async (installation, generator) => {
      for (const part of parts) {
        findings.add(part.name, await part.measure({ ...bench, installation, generator }));
        await file.write(findings.all());
      }
    });
  }
  for (const part of alone) {
    findings.add(part.name, await part.measureAlone(bench));
    await file.write(findings.all());
  }
}

const options = readOptions(process.argv.slice(2), names);
try {
  if (options.cpus !== null) await pinTo(options.cpus);
  closeOnSignals();
  const file = await ResultsFile.at(options);
  const failure = await measure(options, file).then(
    () => null,
    (error: unknown) => error,
  );
  if (file.last) process.stdout.write(`${renderTables(file.last).join('\n')}\n\nWritten to ${options.out}\n`);
  if (failure !== null) throw failure;
} catch (error) {
  process.stderr.write(`The benchmark failed: ${(error as Error).message}\n`);
  process.exit(1);
}
