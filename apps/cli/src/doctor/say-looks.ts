import { counted } from '../terminal/numbers.js';
import { paint } from '../terminal/paint.js';
import { say } from '../terminal/say.js';
import { table } from '../terminal/table.js';
import type { Finding, Look } from './look.js';

/** Says what was looked at, one line each, and then what was found. */
export function sayLooks(looks: readonly Look[]): void {
  const rows = looks.map(({ check, says, findings }) => [mark(findings), check, paint.dim(says)]);
  say(...table([{ title: '' }, { title: '' }, { title: '' }], rows).slice(1));
  const all = looks.flatMap(({ findings }) => findings);
  say('', ...all.map(({ level, message }) => `${colour(level)(level)}: ${message}`));
  say(all.length === 0 ? 'Nothing is wrong.' : counted(all.length, 'finding') + '.');
}

function mark(findings: readonly Finding[]): string {
  const [worst] = [...findings].sort((a, b) => a.level.localeCompare(b.level));
  if (!worst) return paint.good('✓');
  return colour(worst.level)(worst.level === 'error' ? '✗' : '!');
}

function colour(level: Finding['level']): (text: string) => string {
  return level === 'error' ? paint.blocking : paint.warning;
}
