import { until } from './until.js';

/** One event as it came over the wire. */
export interface ReceivedEvent {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** A server-sent event stream that is being read. */
export interface FollowedStream {
  /** What came so far. */
  readonly events: readonly ReceivedEvent[];
  /** Whether the server has ended it. */
  readonly ended: () => boolean;
  /** Waits until an event matches. */
  seen(what: string, matches: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent>;
  /** Goes away. */
  leave(): void;
}

/** Opens a stream and reads it until it ends or the reader leaves. */
export async function followStream(url: string): Promise<FollowedStream> {
  const leaving = new AbortController();
  const answer = await fetch(url, { signal: leaving.signal });
  if (answer.status !== 200 || !answer.body) throw new Error(`${url} answered ${answer.status}`);
  const events: ReceivedEvent[] = [];
  const state = { ended: false };
  void readInto(events, answer.body).then(
    () => (state.ended = true),
    () => (state.ended = true),
  );
  return {
    events,
    ended: () => state.ended,
    seen: (what, matches) => until(what, () => events.find(matches)),
    leave: () => leaving.abort(),
  };
}

async function readInto(events: ReceivedEvent[], body: ReadableStream<Uint8Array>): Promise<void> {
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
    const frames = (text + chunk).split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) if (/^(event|data):/m.test(frame)) events.push(eventOf(frame));
  }
}

function eventOf(frame: string): ReceivedEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(frame)?.[1];
  const data = field('data');
  return { event: field('event'), id: field('id'), data: data ? (JSON.parse(data) as unknown) : undefined };
}
