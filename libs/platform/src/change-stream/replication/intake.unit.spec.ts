import { describe, expect, it } from '@jest/globals';
import { Intake, type Feed } from './intake.js';

/** An intake whose messages are texts; `tap` tells whether the socket is read. */
function anIntake(feed: (text: string, intake: Intake) => ReturnType<Feed> = () => undefined): {
  intake: Intake;
  seen: string[];
  offer: (...texts: string[]) => void;
  tap: { open: boolean };
  failures: unknown[];
} {
  const seen: string[] = [];
  const failures: unknown[] = [];
  const tap = { open: true, pause: () => void (tap.open = false), resume: () => void (tap.open = true) };
  const intake: Intake = new Intake(
    (chunk) => {
      seen.push(chunk.toString());
      return feed(chunk.toString(), intake);
    },
    tap,
    (error) => failures.push(error),
  );
  const offer = (...texts: string[]): void => {
    for (const text of texts) {
      const chunk = Buffer.from(text);
      intake.offer(chunk);
      chunk.fill(0);
    }
  };
  return { intake, seen, offer, tap, failures };
}

describe('the intake of messages', () => {
  it('hands on nothing while paused, and everything in order afterwards', () => {
    const { intake, seen, offer, tap } = anIntake();
    offer('a');
    intake.pause();
    offer('b', 'c');
    expect([seen, tap.open]).toEqual([['a'], false]);
    intake.resume();
    expect([seen, tap.open]).toEqual([['a', 'b', 'c'], true]);
  });

  it('stops in the midst of what the socket had read, when a handler pauses', () => {
    const { intake, seen, offer } = anIntake((text, own) => void (text === 'b' && own.pause()));
    offer('a', 'b', 'c');
    expect(seen).toEqual(['a', 'b']);
    intake.resume();
    offer('d');
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets the next message wait for a promise, and does not read on meanwhile', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { seen, offer, tap } = anIntake((text) => (text === 'a' ? gate : undefined));
    offer('a', 'b');
    expect([seen, tap.open]).toEqual([['a'], false]);
    go();
    await gate;
    await Promise.resolve();
    expect([seen, tap.open]).toEqual([['a', 'b'], true]);
  });

  it('reports what a handler throws, and hands on nothing after it was closed', () => {
    const { intake, seen, offer, failures } = anIntake((text) => {
      if (text === 'a') throw new Error('no');
      return undefined;
    });
    offer('a');
    intake.close();
    offer('b');
    expect([seen, failures]).toEqual([['a'], [new Error('no')]]);
  });
});
