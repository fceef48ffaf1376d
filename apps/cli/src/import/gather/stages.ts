import { weekOf } from '../week.js';
import { OpenStage } from './open-stage.js';
import type { Entry, Stage } from './stage.js';

/** From here on a stage ends with the day. */
const ENOUGH_LINES = 10_000;
/** A stage of a file whose days are all the same ends here, so that memory stays bounded. */
const MOST_LINES = 50_000;

/** Cuts a file's lines into stages. Lines that the map refused have no time and go with their neighbours. */
export async function* stagesOf(pieces: AsyncIterable<readonly Entry[]>): AsyncGenerator<Stage> {
  let stage: OpenStage | undefined;
  let day = '';
  for await (const entries of pieces) {
    for (const entry of entries) {
      const at = entry.reading.kind === 'refused' ? undefined : entry.reading.at;
      const nextDay = at?.slice(0, 10) ?? day;
      if (stage && endsBefore(stage, day, nextDay)) {
        yield stage.close();
        stage = undefined;
      }
      stage ??= new OpenStage(nextDay === '' ? 0 : weekOf(nextDay));
      stage.add(entry);
      day = nextDay;
    }
  }
  if (stage) yield stage.close();
}

function endsBefore(stage: OpenStage, day: string, nextDay: string): boolean {
  if (stage.lines >= MOST_LINES) return true;
  if (day === nextDay) return false;
  return stage.lines >= ENOUGH_LINES || weekOf(nextDay) !== stage.week;
}
