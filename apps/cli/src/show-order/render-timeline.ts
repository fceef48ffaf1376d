import { elapsedText } from '../terminal/elapsed.js';
import { minuteText } from '../terminal/instant.js';
import { paint } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import type { EntryAnswer, OrderAnswer } from './order-answer.js';
import { payloadText } from './render-payload.js';

/** The timeline, oldest first, each entry with the time that had passed since the first one. */
export function timelineLines(entries: readonly EntryAnswer[], order: OrderAnswer): string[] {
  const [first] = entries;
  if (!first) return [paint.dim('No entry in the timeline yet.')];
  const startMs = Date.parse(first.recordedAt);
  const rows = entries.map((entry) => [
    `  ${sinceStart(entry, startMs)}`,
    `${dot(entry)} ${coloured(entry)(entry.statusCode)}`,
    [payloadText(entry, order), closing(entry), paint.dim(entry.writtenBy)].filter(Boolean).join('  '),
  ]);
  const columns = [{ title: '', align: 'right' }, { title: '' }, { title: '' }] as const;
  return [
    `${paint.bold('Timeline')}  ${paint.dim(`from ${minuteText(first.recordedAt)}`)}`,
    ...table(columns, rows).slice(1),
  ];
}

function sinceStart({ recordedAt }: EntryAnswer, startMs: number): string {
  const ms = Date.parse(recordedAt) - startMs;
  return paint.dim(ms < 0 ? `-${elapsedText(-ms)}` : `+${elapsedText(ms)}`);
}

function isOpen({ closedAt }: EntryAnswer): boolean {
  return closedAt === undefined || closedAt === null;
}

function coloured(entry: EntryAnswer): (text: string) => string {
  if (!isOpen(entry)) return paint.dim;
  if (entry.severity === 'blocking') return paint.blocking;
  return entry.severity === 'warning' ? paint.warning : (text) => text;
}

/** Readable without colours as well: what blocks is marked, what was closed is hollow. */
function dot(entry: EntryAnswer): string {
  if (!isOpen(entry)) return paint.dim('○');
  if (entry.severity === 'blocking') return paint.blocking('■');
  return entry.severity === 'warning' ? paint.warning('▲') : paint.good('●');
}

function closing({ closedAt, recordedAt }: EntryAnswer): string {
  if (closedAt === undefined || closedAt === null) return '';
  return paint.dim(`closed ${elapsedText(Math.max(0, Date.parse(closedAt) - Date.parse(recordedAt)))} later`);
}
