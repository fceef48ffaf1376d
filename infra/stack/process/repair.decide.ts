/** What is known of one program before it is started. */
export interface ProgramFacts {
  /** Ports of the process that was started last; null when there was none. */
  readonly lastPorts: readonly number[] | null;
  /** Whether that process lives. */
  readonly lives: boolean;
  /** Whether it was started with the command and the settings that it would get now, on its ports. */
  readonly upToDate: boolean;
  /** Port that the user asks for; null for any. */
  readonly askedPort: number | null;
}

/** What a program needs: nothing, a start, or an end and a start. */
export type Repair = 'keep' | 'start' | 'restart';

/** A process that lives is kept as long as it is what would be started now. */
export function decideRepair({ lives, upToDate, lastPorts, askedPort }: ProgramFacts): Repair {
  if (!lives) return 'start';
  const atHome = askedPort === null || lastPorts?.[0] === askedPort;
  return upToDate && atHome ? 'keep' : 'restart';
}

/** The ports to begin with, null for any free one: what is asked for, else those of last time, which others may remember. */
export function wantedPorts({ lastPorts, askedPort }: ProgramFacts, count: number): (number | null)[] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? askedPort : null) ?? lastPorts?.[at] ?? null);
}
