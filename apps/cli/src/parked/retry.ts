import { CommandFailure } from '../exit/command-failure.js';
import { withOrderkeel } from '../reach/reach.js';
import { allItems, bodyIfThere, type Reached } from '../reach/reached.js';
import { counted } from '../terminal/numbers.js';
import { say } from '../terminal/say.js';
import { notParked, parkedPath, type ParkedAnswer } from './parked-answer.js';

/** Which keys are meant: one, or those of an executor or of all that failed alike. */
export interface RetryWish {
  readonly executor?: string | undefined;
  readonly key?: string | undefined;
  readonly errorClass?: string;
}

/** Lets parked keys be tried again at once, whatever their schedule says. */
export async function retryParked({ executor, key, errorClass }: RetryWish): Promise<void> {
  if (key === undefined && errorClass === undefined)
    throw new CommandFailure('wrong-usage', 'Say which: an executor and a key, or --error-class with a code.');
  await withOrderkeel(async (reached) => {
    if (executor !== undefined && key !== undefined) {
      if (!(await retry(reached, executor, key))) throw notParked(executor, key);
      return say(`${key} of ${executor} is tried again${when(reached)}.`);
    }
    const keys = (await allItems<ParkedAnswer>(reached, '/ops/parked')).filter(
      (parked) => parked.errorClass === errorClass && (executor === undefined || parked.executor === executor),
    );
    for (const parked of keys) await retry(reached, parked.executor, parked.key);
    say(
      keys.length === 0
        ? `No key is parked for ${errorClass}.`
        : `${counted(keys.length, 'key')} to try again${when(reached)}.`,
    );
  });
}

async function retry(reached: Reached, executor: string, key: string): Promise<boolean> {
  return (await bodyIfThere(reached, 'POST', parkedPath(executor, key, 'retry'))) !== null;
}

function when({ via }: Reached): string {
  return via === 'server' ? ' within a second' : ' as soon as Orderkeel runs';
}
