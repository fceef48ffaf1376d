import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A stretch of this machine's monotonic clock, microseconds. */
export interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Milliseconds by name, the most first. */
export type Share = readonly (readonly [name: string, ms: number])[];

/** Where the main thread's time went. */
export interface NodeTime {
  readonly byPackage: Share;
  readonly byFunction: Share;
}

/** V8's own format, as `--cpu-prof` writes it. */
interface CpuProfile {
  readonly startTime: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The moment, on the clock that V8 notes its samples by. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Cuts stretches out of the one profile in a folder: what came before them (a start) and between counts for nothing. */
export async function nodeTimes(folder: string, stretches: readonly Stretch[]): Promise<NodeTime[]> {
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error(`Node.js has left no profile in ${folder}`);
  const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile;
  return stretches.map((stretch) => timeWithin(profile, stretch));
}

function timeWithin({ startTime, nodes, samples, timeDeltas }: CpuProfile, { fromUs, toUs }: Stretch): NodeTime {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [packages, functions] = [new Map<string, number>(), new Map<string, number>()];
  let atUs = startTime;
  for (const [nth, id] of samples.entries()) {
    atUs += timeDeltas[nth]!;
    if (atUs < fromUs || atUs > toUs) continue;
    const { functionName, url, lineNumber } = frames.get(id)!;
    const spentMs = (timeDeltas[nth + 1] ?? 0) / 1000;
    add(packages, packageOf(functionName, url), spentMs);
    add(functions, functionOf(functionName, url, lineNumber), spentMs);
  }
  return { byPackage: sorted(packages), byFunction: sorted(functions) };
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms);
}

function sorted(sums: ReadonlyMap<string, number>): Share {
  return [...sums].sort(([, one], [, other]) => other - one);
}

/** `libs/order`, a package of npm's, a module of Node.js, or what V8 has no file for. */
function packageOf(functionName: string, url: string): string {
  const [, ours] = /\/dist\/((?:libs|apps)\/[^/]+)\//.exec(url) ?? [];
  if (ours !== undefined) return ours;
  const [, npms] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (npms !== undefined) return npms;
  return url || (functionName.startsWith('(') ? functionName : '(native)');
}

/** With file and line, where it has any. */
function functionOf(functionName: string, url: string, lineNumber: number): string {
  const name = functionName || '(anonymous)';
  return url === '' ? name : `${name} ${url.replace(/^.*\/(?:dist|node_modules)\//, '')}:${lineNumber + 1}`;
}
