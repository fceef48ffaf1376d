import { userInfo } from 'node:os';
import { withOrderkeel } from '../reach/reach.js';
import { bodyIfThere } from '../reach/reached.js';
import { counted } from '../terminal/numbers.js';
import { say } from '../terminal/say.js';
import { notParked, parkedPath } from './parked-answer.js';

/** Gives a key free and puts its events aside, in the name of who runs the command. */
export async function skipParked(executor: string, key: string, reason: string): Promise<void> {
  await withOrderkeel(async (reached) => {
    const body = { reason, actor: userInfo().username };
    const path = parkedPath(executor, key, 'skip');
    const skipped = await bodyIfThere<{ events: number }>(reached, 'POST', path, body);
    if (skipped === null) throw notParked(executor, key);
    say(`${key} of ${executor} is free again; ${counted(skipped.events, 'event')} put aside.`);
  });
}
