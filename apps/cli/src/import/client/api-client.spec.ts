import { describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { submitIntents } from '../submit-orders/submit-intents.js';
import { ApiClient } from './api-client.js';

async function withServer(listener: RequestListener, work: (baseUrl: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('talking to the server', () => {
  it('comes again when the server is overloaded, as soon as the server allows', async () => {
    const answers = [429, 503, 200];
    const at: number[] = [];
    await withServer(
      (_, response) => {
        at.push(Date.now());
        response.writeHead(answers[at.length - 1] ?? 500, { 'retry-after': '1' }).end('{"ok":true}');
      },
      async (baseUrl) => {
        expect(await new ApiClient(baseUrl, () => undefined).ask('GET', '/')).toEqual({ ok: true });
        expect(at).toHaveLength(3);
        expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(990);
      },
    );
  });

  it('sends again after a connection was cut', async () => {
    let requests = 0;
    await withServer(
      (request, response) => {
        requests += 1;
        if (requests < 3) request.socket.destroy();
        else response.end('{}');
      },
      async (baseUrl) => {
        await new ApiClient(baseUrl, () => undefined).ask('POST', '/', { a: 1 });
        expect(requests).toBe(3);
      },
    );
  });

  it('gives up with what to do when nobody answers', async () => {
    const sentences: string[] = [];
    const patience = { awayMs: 1_200, overloadedMs: 1_200 };
    const client = new ApiClient('http://127.0.0.1:1', (sentence) => sentences.push(sentence), patience);
    await expect(client.ask('GET', '/')).rejects.toMatchObject({
      code: 'unreachable-server',
      message: expect.stringContaining('start the import again'),
    });
    expect(sentences).toHaveLength(1);
  });

  it('ends with the detail of a problem that it did not expect', async () => {
    await withServer(
      (_, response) => response.writeHead(403).end('{"detail":"not yours"}'),
      async (baseUrl) => {
        await expect(new ApiClient(baseUrl, () => undefined).ask('GET', '/x')).rejects.toMatchObject({
          code: 'unexpected-answer',
          message: 'GET /x was answered with 403: not yours',
        });
      },
    );
  });
});

describe('submitting intents', () => {
  it('sends those again that the server had no room for, with all that follow, and counts none twice', async () => {
    const batches: number[][] = [];
    await withServer(
      (request, response) => {
        let text = '';
        request.on('data', (piece: Buffer) => (text += piece.toString()));
        request.on('end', () => {
          const isSingle = request.url === '/order-intents';
          const sent = isSingle ? [JSON.parse(text) as number] : (JSON.parse(text) as { intents: number[] }).intents;
          batches.push(sent);
          const isFirst = batches.length === 1;
          const results = sent.map((n, index) => ({
            index,
            status: isFirst ? (n === 2 ? 429 : 202) : n === 3 ? 200 : 202,
          }));
          response.end(JSON.stringify({ results }));
        });
      },
      async (baseUrl) => {
        const results = await submitIntents(new ApiClient(baseUrl, () => undefined), ['1', '2', '3']);
        expect(batches).toEqual([
          [1, 2, 3],
          [2, 3],
        ]);
        expect(results.map(({ status }) => status)).toEqual([202, 202, 202]);
      },
    );
  });
});
