import type { Installation, InstallationWish } from './installation/installation.js';
import type { Generator } from './load/generator.js';
import type { Options } from './options.js';

/** What a part measures by. */
export interface Bench {
  readonly options: Options;
  /** Tells what is being measured, as it comes. */
  say(line: string): void;
}

/** An installation that is stocked and warm, and a load generator beside it. */
export interface BenchOnInstallation extends Bench {
  readonly installation: Installation;
  readonly generator: Generator;
}

interface Named<Name extends string, Figure> {
  /** For `--only`, and the key of its figures in the results. */
  readonly name: Name;
  /** What the columns of its table are, in a line. */
  readonly title: string;
  /** Its figures for people; a line each. */
  render(figures: readonly Figure[]): string[];
}

/** A part that works on an installation which it shares with other parts, in the order of the list of parts. */
export interface PartOnInstallation<Name extends string = string, Figure = unknown> extends Named<Name, Figure> {
  /** Whether it has anything to measure on such an installation. */
  suits(wish: InstallationWish): boolean;
  measure(bench: BenchOnInstallation): Promise<Figure[]>;
}

/** A part that makes its own installations, once the others are done. */
export interface PartAlone<Name extends string = string, Figure = unknown> extends Named<Name, Figure> {
  /** It is left out unless `--only` names it. */
  readonly onRequest?: true;
  measureAlone(bench: Bench): Promise<Figure[]>;
}
