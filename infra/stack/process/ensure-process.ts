import { StackError } from '../stack-error.js';
import { choosePorts, isFree } from './choose-ports.js';
import { launchOf, type JavaProgram } from './java-program.js';
import { lives, readRecord, type ProcessRecord } from './process-record.js';
import { decideRepair, wantedPorts, type ProgramFacts, type Repair } from './repair.decide.js';
import { servesWithin, startProcess } from './start-process.js';
import { stopProcess } from './stop-process.js';

const PORT_ATTEMPTS = 5;
/** A process that lives may be busy finding its broker again. */
const RECOVERY_MS = 60_000;
const STOP_PATIENCE_MS = 15_000;

/** What a program needs, and what is known of it. */
export interface Diagnosis {
  readonly repair: Repair;
  readonly facts: ProgramFacts;
  readonly record: ProcessRecord | null;
}

/** Looks how a program is; changes nothing. Throws `port-taken` when it cannot become what is asked for. */
export async function diagnose(program: JavaProgram): Promise<Diagnosis> {
  const record = await readRecord(program.folder);
  const facts: ProgramFacts = {
    lastPorts: record?.ports ?? null,
    lives: record !== null && (await lives(record)),
    upToDate: record !== null && launchOf(program, record.ports).fingerprint === record.fingerprint,
    askedPort: program.asked?.port ?? null,
  };
  const repair = decideRepair(facts);
  const atHome = facts.lives && facts.lastPorts?.[0] === facts.askedPort;
  if (repair !== 'keep' && !atHome) await refuseTakenPort(program);
  return { repair, facts, record };
}

/**
 * Leaves the program running and serving, doing as little as that takes; `say` is told what it does. Throws `port-taken` or
 * `start-failed`.
 */
export async function ensureProcess(program: JavaProgram, say: (line: string) => void): Promise<ProcessRecord> {
  const { repair, facts, record } = await diagnose(program);
  if (record !== null && repair === 'keep' && (await servesWithin(program, record, RECOVERY_MS))) return record;
  if (record !== null && facts.lives) {
    say(
      `Ending ${program.title} (process ${record.pid}), which ${repair === 'keep' ? 'does not serve' : 'has old settings'}`,
    );
    await stopProcess(record, STOP_PATIENCE_MS);
  }
  say(`Starting ${program.title}`);
  return startSomewhere(program, wantedPorts(facts, program.portCount));
}

/** Another program may take a port that was free a moment ago: then others are tried, unless this one is asked for. */
async function startSomewhere(program: JavaProgram, wanted: readonly (number | null)[]): Promise<ProcessRecord> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startProcess(program, (await choosePorts(wanted)) as [number, ...number[]]);
    } catch (error) {
      const taken = (error as { code?: string }).code === 'port-taken';
      if (!taken || program.asked !== null || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function refuseTakenPort({ asked, title }: JavaProgram): Promise<void> {
  if (asked === null || (await isFree(asked.port))) return;
  throw new StackError(
    'port-taken',
    `Port ${asked.port}, which ${asked.by} names for ${title}, is taken by another program. Stop that program, or name ` +
      `another port; without ${asked.by} any free one is taken.`,
  );
}
