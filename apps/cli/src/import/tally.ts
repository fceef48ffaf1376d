import Big from 'big.js';
import type { ImportSummary, ImportValue } from './import-options.js';
import type { RejectsFile } from './rejects-file.js';
import type { SourceLine } from './read/source-line.js';

interface Sums {
  file: Big;
  accepted: Big;
  refused: Big;
  rounding: Big;
}

/** A line that counts: where it stands, and its value in major units. */
interface Counted {
  readonly line: SourceLine;
  readonly reading: { readonly value: Big };
}

const ZERO = new Big(0);
/** The currency of a value that is 0 because no line named one: ISO 4217 for "no currency". */
const NO_CURRENCY = 'XXX';

/** Counts every line once as read and once as accepted or refused, with its value, to the last digit. */
export class Tally {
  linesRead = 0;
  intents = 0;
  adjustments = 0;
  stockAdjustments = 0;
  private linesAccepted = 0;
  private readonly refused = new Map<string, number>();
  private readonly sums = new Map<string, Sums>();

  /** `currency` is that of all lines, or undefined where each line names its own. */
  constructor(
    private readonly currency: string | undefined,
    private readonly rejects: RejectsFile | undefined,
  ) {}

  read(value: Big, currency?: string): void {
    this.linesRead += 1;
    const sums = this.sumsOf(currency);
    sums.file = sums.file.plus(value);
  }

  accept(value: Big, currency?: string): void {
    this.linesAccepted += 1;
    const sums = this.sumsOf(currency);
    sums.accepted = sums.accepted.plus(value);
  }

  /** Rounding a line's total added so much; the line is accepted. */
  round(rounding: Big, currency?: string): void {
    if (rounding.eq(0)) return;
    const sums = this.sumsOf(currency);
    sums.rounding = sums.rounding.plus(rounding);
  }

  refuse({ line, reading }: Counted, reason: string, currency?: string): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
    const sums = this.sumsOf(currency);
    sums.refused = sums.refused.plus(reading.value);
    this.rejects?.add(line, reason);
  }

  summary(): ImportSummary {
    const values = [...this.sums].map(([currency, sums]) => valueOf(currency, sums));
    return {
      linesRead: this.linesRead,
      linesAccepted: this.linesAccepted,
      linesRefused: [...this.refused.values()].reduce((sum, lines) => sum + lines, 0),
      refusedByReason: Object.fromEntries([...this.refused].sort(([a], [b]) => (a < b ? -1 : 1))),
      intents: this.intents,
      adjustments: this.adjustments,
      stockAdjustments: this.stockAdjustments,
      value: values[0] ?? valueOf(this.currency ?? NO_CURRENCY, noSums()),
      ...(values.length > 1 ? { values } : {}),
    };
  }

  private sumsOf(named: string | undefined): Sums {
    const currency = named ?? this.currency;
    const sums = this.sums.get(currency ?? '') ?? noSums();
    // A line that names no currency has no value either, and leaves no sums behind.
    if (currency !== undefined) this.sums.set(currency, sums);
    return sums;
  }
}

function noSums(): Sums {
  return { file: ZERO, accepted: ZERO, refused: ZERO, rounding: ZERO };
}

function valueOf(currency: string, { file, accepted, refused, rounding }: Sums): ImportValue {
  const text = (sum: Big) => sum.toFixed();
  return { currency, file: text(file), accepted: text(accepted), refused: text(refused), rounding: text(rounding) };
}
