import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startSampleApp } from '../testing/sample-app.js';

/** Longer than any test waits, so that nothing but the connection's own end lets the server close. */
const NEVER_MS = 3_600_000;

async function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Resolves when the server takes no connections any more. */
async function stopsListening(url: string): Promise<void> {
  const refused = () =>
    connected(url).then(
      (socket) => !socket.destroy(),
      () => true,
    );
  while (!(await refused()));
}

describe('a server that closes', () => {
  it('is not held up by a connection that has asked nothing yet', async () => {
    const { app, url } = await startSampleApp({ closeWithinMs: NEVER_MS });
    const socket = await connected(url);
    // Answered behind it, so the server knows both.
    await fetch(`${url}/intents`).then((answer) => answer.text());
    await app.close();
    socket.destroy();
  });

  it('gives an answer that is under way, and ends the connection with it', async () => {
    const { app, url } = await startSampleApp({ closeWithinMs: NEVER_MS });
    const socket = await connected(url);
    socket.write('POST /intents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{');
    await fetch(`${url}/intents`).then((answer) => answer.text());
    const closed = app.close();
    await stopsListening(url);
    socket.write('}');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/^connection: close\r$/im);
    await closed;
  });

  it('is not held up by an answer that nobody reads', async () => {
    const { app, url } = await startSampleApp({ closeWithinMs: 100 });
    const socket = await connected(url);
    socket.write('GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'readable');
    await app.close();
    socket.destroy();
  });
});
