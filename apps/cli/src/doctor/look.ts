/** Something that is not as it should be. The message says what it is and what to do, and holds no password. */
export interface Finding {
  /** `error`: Orderkeel cannot work so; `warning`: it can, for now. */
  readonly level: 'error' | 'warning';
  readonly message: string;
}

/** One thing that was looked at. */
export interface Look {
  readonly check: string;
  /** How it is, in one line. */
  readonly says: string;
  readonly findings: readonly Finding[];
}

/** A look at something that is well. */
export function well(check: string, says: string): Look {
  return { check, says, findings: [] };
}

/** A look at something that is not. */
export function found(check: string, says: string, ...findings: readonly Finding[]): Look {
  return { check, says, findings };
}

/** An `error`. */
export function error(message: string): Finding {
  return { level: 'error', message };
}

/** A `warning`. */
export function warning(message: string): Finding {
  return { level: 'warning', message };
}
