import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startSampleApp } from '../testing/sample-app.js';
import { useSampleApp } from '../testing/sample-client.js';

const app = useSampleApp();

describe('a connection that misbehaves', () => {
  async function raw(url: string, text: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }

  it('is told so as a problem document', async () => {
    const answer = await raw(app.url, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request/);
    expect(answer).toContain('urn:orderkeel:problem:invalid-request');
    expect(await raw(app.url, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it.each(['Content-Length: 50000000', 'Transfer-Encoding: chunked'])(
    'gets its 413 also when it reads only after sending all of a body that is too large (%s)',
    async (framing) => {
      const { hostname, port } = new URL(app.url);
      const socket = connect(Number(port), hostname).pause();
      const head = `POST /intents/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
      const body = ' '.repeat(50_000_000);
      const framed = framing.endsWith('chunked') ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
      await new Promise<void>((sent, failed) => {
        socket.once('error', failed);
        socket.write(head + framed, (error) => (error ? failed(error) : sent()));
      });
      let answer = '';
      for await (const chunk of socket) answer += String(chunk);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('urn:orderkeel:problem:payload-too-large');
    },
  );

  it('is ended when its request does not arrive in time', async () => {
    const slow = await startSampleApp({ receiveTimeoutMs: 200 });
    const head = 'POST /intents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{';
    const answer = await raw(slow.url, head);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    expect(answer).toContain('urn:orderkeel:problem:request-timeout');
    await slow.app.close();
  });
});
