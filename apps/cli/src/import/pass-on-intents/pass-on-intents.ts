import Big from 'big.js';
import { untilAtRest, untilIngested } from '../client/until.js';
import { slugOf } from '../client/problem.js';
import type { ImportRun } from '../import-run.js';
import type { SourceLine } from '../read/source-line.js';
import { sourceLines } from '../read/source-lines.js';
import { IntentBatch } from '../submit-orders/intent-batch.js';
import { submitIntents, type IntentResult } from '../submit-orders/submit-intents.js';
import { UndecidedIntents } from '../submit-orders/undecided-intents.js';
import { readIntentLine, type IntentLine } from './intent-line.js';

interface Sent {
  readonly line: SourceLine;
  readonly reading: IntentLine;
}

const NOTHING = new Big(0);
/** After so many intents, or characters, their decisions are waited for and counted. */
const ROUND_INTENTS = 2_000;
const ROUND_CHARACTERS = 16_000_000;

/**
 * Imports NDJSON of order intents: each line is passed on as it is. A line counts as accepted when the server took it
 * and its ingestor did not reject it. A key that comes twice is sent when the first has been decided, so that the second
 * import of a file is answered like the first.
 */
export class PassOnIntents {
  private readonly batch = new IntentBatch<Sent>();
  private readonly sent: (readonly [Sent, IntentResult])[] = [];
  private readonly keys = new Set<string>();
  private readonly undecided = new Map<string, UndecidedIntents>();
  private characters = 0;

  constructor(
    private readonly run: ImportRun,
    private readonly source: string | undefined,
  ) {}

  async apply(): Promise<void> {
    for (const file of this.run.files)
      for await (const lines of sourceLines(file, this.run.onBytes)) for (const line of lines) await this.passOn(line);
    await this.endRound();
    await untilAtRest(this.run.client);
  }

  private async passOn(line: SourceLine): Promise<void> {
    const { tally } = this.run;
    const reading = readIntentLine(line, this.source);
    if (typeof reading === 'string') {
      tally.read(NOTHING);
      tally.refuse({ line, reading: { value: NOTHING } }, reading);
      return;
    }
    tally.read(reading.value, reading.currency);
    const key = JSON.stringify([reading.source, reading.orderIntentId]);
    const isFull = this.keys.size >= ROUND_INTENTS || this.characters > ROUND_CHARACTERS;
    if (isFull || this.keys.has(key)) await this.endRound();
    if (this.batch.isFullFor(reading.text)) await this.send();
    this.batch.add(reading.text, { line, reading });
    this.keys.add(key);
    this.characters += reading.text.length;
  }

  private async send(): Promise<void> {
    if (this.batch.isEmpty) return;
    const { texts, origins } = this.batch.take();
    const results = await submitIntents(this.run.client, texts);
    for (const [index, result] of results.entries()) this.sent.push([origins[index]!, result]);
    this.run.tally.intents += results.filter(({ status }) => status === 202).length;
    this.run.moved();
  }

  private async endRound(): Promise<void> {
    await this.send();
    const sources = new Set(this.sent.filter(([, { status }]) => status < 300).map(([{ reading }]) => reading.source));
    for (const source of sources) await this.learnDecisions(source);
    for (const [sent, result] of this.sent) this.count(sent, result);
    this.sent.length = 0;
    this.keys.clear();
    this.characters = 0;
  }

  private async learnDecisions(source: string): Promise<void> {
    const undecided = this.undecided.get(source) ?? new UndecidedIntents(this.run.client, source);
    this.undecided.set(source, undecided);
    for (const [{ reading }, { status }] of this.sent)
      if (status === 202 && reading.source === source) undecided.forget(reading.orderIntentId);
    await untilIngested(this.run.client, source);
    await undecided.refresh();
  }

  private count({ line, reading }: Sent, { status, problem }: IntentResult): void {
    const { source, orderIntentId, value, rounding, currency } = reading;
    const isRejected = this.undecided.get(source)?.rejected.has(orderIntentId);
    if (status >= 300) this.run.tally.refuse({ line, reading }, slugOf(problem), currency);
    else if (isRejected) this.run.tally.refuse({ line, reading }, 'intent-rejected', currency);
    else {
      this.run.tally.accept(value, currency);
      this.run.tally.round(rounding, currency);
    }
  }
}
