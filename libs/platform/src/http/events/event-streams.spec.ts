import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSampleApp } from '../testing/sample-app.js';
import { listener } from '../testing/sample-events.js';

let http: Awaited<ReturnType<typeof startSampleApp>>;
beforeAll(async () => {
  http = await startSampleApp();
});
afterAll(() => http.app.close());

const EVENTS = '/intents/0199aaaa-0000-7000-8000-00000000000f/events';

/** Reads until the text is there; the whole of what came is the failure's description. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> {
  const decoder = new TextDecoder();
  let all = '';
  while (!all.includes(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The stream ended without ${JSON.stringify(text)}: ${all}`);
    all += decoder.decode(value, { stream: true });
  }
  return all;
}

async function open(
  signal?: AbortSignal,
): Promise<{ answer: Response; reader: ReadableStreamDefaultReader<Uint8Array> }> {
  const answer = await fetch(`${http.url}${EVENTS}`, signal ? { signal } : {});
  return { answer, reader: (answer.body as ReadableStream<Uint8Array>).getReader() };
}

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const until = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > until) throw new Error(`After 5 s it is still not so that ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('an event stream', () => {
  it('sends retry, the events in order with their ids and data on one line, and comment lines', async () => {
    const { answer, reader } = await open();
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(answer.headers.get('request-id')).toBeTruthy();
    const text = await readUntil(reader, '\n:\n');
    expect(text).toMatch(
      /^retry: 2000\n\nevent: status\nid: 1\ndata: \{"id":"[^"]+","text":"two\\nlines"\}\n\nevent: caught-up\ndata: \n\n/,
    );
    await reader.cancel();
  });

  it('lets its source go when the client leaves', async () => {
    const before = listener.left;
    const leaving = new AbortController();
    const { reader } = await open(leaving.signal);
    await readUntil(reader, 'caught-up');
    leaving.abort();
    await eventually('the source was let go', () => listener.left === before + 1);
  });

  it('answers HEAD with its head alone, and asks its source for nothing', async () => {
    const before = listener.opened;
    const answer = await fetch(`${http.url}${EVENTS}`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(listener.opened).toBe(before);
  });

  it('refuses before it opens', async () => {
    const answer = await fetch(`${http.url}/intents/1/events`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  });

  it('asks its source no faster than the client reads', async () => {
    const { hostname, port } = new URL(http.url);
    const socket: Socket = connect(Number(port), hostname).pause();
    socket.write(`GET /intents/flood HTTP/1.1\r\nHost: x\r\n\r\n`);
    await eventually('the flood began', () => listener.flooded > 10);
    let seen = -1;
    await eventually('the flood stands still', () => seen === (seen = listener.flooded));
    expect(listener.flooded).toBeLessThan(1000);
    socket.destroy();
    await eventually('the flood was let go', () => listener.floodEnded);
  });

  it('ends in good order when the server shuts down, without holding it up', async () => {
    const other = await startSampleApp();
    const answer = await fetch(`${other.url}${EVENTS}`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    await readUntil(reader, 'caught-up');
    await other.app.close();
    for (let done = false; !done;) ({ done } = await reader.read());
  });
});
