import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
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

/**
 * Opens a stream and reads it until it ends or the reader leaves. On a connection of its own: fetch would open another
 * one in its place when the reader leaves, and a server that closes would wait for it.
 */
export async function followStream(url: string): Promise<FollowedStream> {
  const request = get(url, { agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`);
  const events: ReceivedEvent[] = [];
  const state = { ended: false };
  void readInto(events, answer).finally(() => (state.ended = true));
  return {
    events,
    ended: () => state.ended,
    seen: (what, matches) => until(what, () => events.find(matches)),
    leave: () => void request.destroy(),
  };
}

async function readInto(events: ReceivedEvent[], answer: IncomingMessage): Promise<void> {
  let text = '';
  answer.setEncoding('utf8');
  answer.on('data', (chunk: string) => {
    const frames = (text + chunk).split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) if (/^(event|data):/m.test(frame)) events.push(eventOf(frame));
  });
  // A reader that leaves sees its own connection break.
  answer.on('error', () => undefined);
  await new Promise((resolve) => answer.once('close', resolve));
}

function eventOf(frame: string): ReceivedEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(frame)?.[1];
  const data = field('data');
  return { event: field('event'), id: field('id'), data: data ? (JSON.parse(data) as unknown) : undefined };
}
