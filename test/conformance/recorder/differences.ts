import { comparableLine } from './comparable-line.js';
import type { RecordedLine } from './files.js';

/** What one of two recordings of a step has and the other has not, as comparable text. */
export interface Difference {
  readonly step: string;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/** Topics in which one key is nobody's: the keys of records are of this run. */
const WITHOUT_TURNS = /\.(transaction|notifications|signal)$/;

/**
 * Compares two recordings of a step as sets: only the records of one key in one topic have an order, and that is part of their text.
 * Null: they are the same.
 */
export function differenceOf(
  step: string,
  given: readonly RecordedLine[],
  made: readonly RecordedLine[],
): Difference | null {
  const [expected, found] = [texts(step, given), texts(step, made)];
  const missing = subtract(expected, found);
  const unexpected = subtract(found, expected);
  return missing.length + unexpected.length === 0 ? null : { step, missing, unexpected };
}

/** How many heartbeats there are is a matter of time: they count once, in their own step. */
function texts(step: string, lines: readonly RecordedLine[]): string[] {
  if (step.includes('heartbeat'))
    return [...new Set(lines.filter(isHeartbeat).map((line) => comparableLine(step, line)))];
  const turns = new Map<string, number>();
  const others = lines.filter((line) => !isHeartbeat(line));
  return others.map((line) => `${turnOf(line, turns)} ${comparableLine(step, line)}`);
}

function isHeartbeat({ topic, key }: RecordedLine): boolean {
  return topic.startsWith('__debezium-heartbeat') || key?.includes('orderkeel.heartbeat') === true;
}

/** The how-manieth record of its key it is, in its topic. */
function turnOf({ topic, key }: RecordedLine, turns: Map<string, number>): number {
  if (key === null || WITHOUT_TURNS.test(topic)) return 0;
  const turn = (turns.get(`${topic} ${key}`) ?? 0) + 1;
  turns.set(`${topic} ${key}`, turn);
  return turn;
}

/** What is in the one and not, or not as often, in the other. */
function subtract(from: readonly string[], what: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of what) left.set(text, (left.get(text) ?? 0) + 1);
  return from.filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}
