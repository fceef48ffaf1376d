/** What became of the sources of the event routes. */
export const listener = { opened: 0, left: 0, flooded: 0, floodEnded: false };

/** Two events, and then nothing until nobody listens any more. */
export async function* eventsOf(id: string, signal: AbortSignal) {
  listener.opened += 1;
  yield { id: '1', event: 'status', data: { id, text: 'two\nlines' } };
  yield { event: 'caught-up' };
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  listener.left += 1;
}

/** More than anybody reads. */
export async function* flood() {
  try {
    for (; ; listener.flooded += 1) {
      yield { data: 'x'.repeat(64 * 1024) };
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    listener.floodEnded = true;
  }
}
