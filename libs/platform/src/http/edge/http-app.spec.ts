import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSampleApp, trouble } from '../testing/sample-app.js';

let http: Awaited<ReturnType<typeof startSampleApp>>;
beforeAll(async () => {
  http = await startSampleApp();
});
afterAll(() => http.app.close());

const ID = '0199aaaa-0000-7000-8000-00000000000f';
const TOO_LONG = 'a path of 3,000 digits';
const good = { key: 'k', quantity: 2, price: 5 };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { errors?: { pointer?: string; parameter?: string; code: string }[]; [member: string]: unknown };
}

async function send(
  method: string,
  path: string,
  body?: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(`${http.url}${path}`, { method, headers: { ...type, ...headers }, ...(body && { body }) });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text && text.startsWith('{') ? JSON.parse(text) : text) as Answer['body'],
  };
}

/** `status slug`, then each fault as `place code`. */
function summary({ status, body }: Answer): string[] {
  const faults = (body.errors ?? []).map(({ pointer, parameter, code }) => `${pointer ?? parameter} ${code}`);
  return [`${status} ${String(body['type']).replace('urn:orderkeel:problem:', '')}`, ...faults];
}

describe('a request that is as it should be', () => {
  it('reaches its route with normalised values', async () => {
    const answer = await send('POST', '/intents', JSON.stringify({ ...good, quantity: '2.50' }));
    expect(answer).toMatchObject({ status: 202, body: { id: ID, quantity: '2.5' } });
  });

  it('may name a charset', async () => {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    expect(await send('POST', '/intents', JSON.stringify(good), type)).toMatchObject({ status: 202 });
  });

  it('pages through a list with the cursor that it was given', async () => {
    const first = await send('GET', '/intents?limit=7');
    expect(first.body).toMatchObject({ items: [{ sku: 'a7' }] });
    const second = await send('GET', `/intents?cursor=${String(first.body['nextCursor'])}`);
    expect(second.body).toMatchObject({ items: [{ sku: 'ab50' }] });
  });

  it('answers HEAD without a body and OPTIONS with what the path has', async () => {
    expect(await send('HEAD', '/intents')).toMatchObject({ status: 200, body: '' });
    const options = await send('OPTIONS', '/intents');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
  });
});

describe('a request that cannot be read', () => {
  it.each([
    ['malformed JSON', '{"key":', ['400 malformed-json', ' malformed-json']],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), ['400 malformed-json', ' malformed-json']],
    ['null', 'null', ['400 invalid-request', ' wrong-type']],
    ['an array', '[]', ['400 invalid-request', ' wrong-type']],
    ['a text', '"x"', ['400 invalid-request', ' wrong-type']],
    [
      'an unknown field',
      JSON.stringify({ ...good, state: 'accepted' }),
      ['400 invalid-request', '/state unknown-field'],
    ],
    ['a negative amount', JSON.stringify({ ...good, price: -1 }), ['400 invalid-request', '/price negative']],
    [
      'a fraction of a minor unit',
      JSON.stringify({ ...good, price: 0.5 }),
      ['400 invalid-request', '/price not-an-integer'],
    ],
    [
      'an integer above 2^53',
      '{"key":"k","quantity":1,"price":9007199254740993}',
      ['400 invalid-request', '/price number-out-of-range'],
    ],
    [
      'more digits than a double holds',
      '{"key":"k","quantity":1.00000000000000000001,"price":1}',
      ['400 invalid-request', '/quantity number-too-precise'],
    ],
    ['a quantity of 0', JSON.stringify({ ...good, quantity: 0 }), ['400 invalid-request', '/quantity not-positive']],
    ['a NUL character', '{"key":"\\u0000","quantity":1,"price":1}', ['400 invalid-request', '/key nul-character']],
    [
      'depth 21',
      `{"metadata":${'{"a":'.repeat(19)}[]${'}'.repeat(19)},"key":"k","quantity":1,"price":1}`,
      ['400 invalid-request', `/metadata${'/a'.repeat(19)} too-deep`],
    ],
    [
      'depth 100,000',
      `{"metadata":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      ['400 invalid-request', `/metadata${'/0'.repeat(19)} too-deep`],
    ],
    [
      'depth that never ends',
      `{"metadata":${'[{"a":'.repeat(50_000)}`,
      ['400 invalid-request', `/metadata${'/0/a'.repeat(9)}/0 too-deep`],
    ],
  ])('is refused: %s', async (_name, body, expected) => {
    const answer = await send('POST', '/intents', body);
    expect(summary(answer)).toEqual(expected);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ title: expect.any(String), detail: expect.any(String), instance: '/intents' });
  });

  it('is refused without a body, at the pointer ""', async () => {
    expect(summary(await send('POST', '/intents'))).toEqual(['400 invalid-request', ' required']);
    const empty = await send('POST', '/intents', undefined, { 'content-type': 'application/json' });
    expect(summary(empty)).toEqual(['400 invalid-request', ' required']);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('is refused in the media type %s', async (type) => {
    const answer = await send('POST', '/intents', JSON.stringify(good), { 'content-type': type });
    expect(summary(answer)).toEqual(['415 unsupported-media-type']);
  });

  it('is refused over the limit of its route, which is larger for a batch', async () => {
    const padded = (bytes: number) => `${JSON.stringify({ intents: [good] })}${' '.repeat(bytes)}`;
    expect(summary(await send('POST', '/intents', padded(1024 * 1024)))).toEqual(['413 payload-too-large']);
    expect(await send('POST', '/intents/batch', padded(15 * 1024 * 1024))).toMatchObject({ status: 200 });
    expect(summary(await send('POST', '/intents/batch', padded(16 * 1024 * 1024)))).toEqual(['413 payload-too-large']);
  });

  it('is refused over the limit also when it comes in pieces of unknown number', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let piece = 0; piece < 20; piece++) controller.enqueue(Buffer.alloc(64 * 1024, ' '));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${http.url}/intents`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(413);
  });

  it('keeps the faults of an item of a batch to that item', async () => {
    const deep = { ...good, metadata: JSON.parse('{"a":'.repeat(25) + '1' + '}'.repeat(25)) as unknown };
    const answer = await send('POST', '/intents/batch', JSON.stringify({ intents: [good, deep, { ...good, x: 1 }] }));
    expect(answer.body).toEqual({ results: [true, false, false] });
    expect(summary(await send('POST', '/intents/batch', '{"intents":[]}'))).toEqual([
      '400 invalid-request',
      '/intents too-few',
    ]);
  });
});

describe('a request that leads nowhere', () => {
  it('is a 404 whatever it carries', async () => {
    expect(summary(await send('GET', '/nothing?x=1'))).toEqual(['404 not-found']);
    expect(await send('POST', '/nothing?x=1', '{')).toMatchObject({ status: 404, body: { instance: '/nothing' } });
    expect(summary(await send('POST', '/nothing', '<a/>', { 'content-type': 'application/xml' }))).toEqual([
      '404 not-found',
    ]);
  });

  it('is a 405 with the methods that the path has', async () => {
    const answer = await send('DELETE', '/intents');
    expect(summary(answer)).toEqual(['405 method-not-allowed']);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it.each([
    ['/intents/1', ['400 invalid-request', 'id invalid-format']],
    [TOO_LONG, ['400 invalid-request', 'path invalid-format']],
    ['/intents/%zz', ['400 invalid-request', 'path invalid-format']],
    ['/intents/0199aaaa-0000-7000-8000-000000000000', ['404 not-found']],
    ['/intents?limit=0', ['400 invalid-request', 'limit too-small']],
    ['/intents?limit=201', ['400 invalid-request', 'limit too-large']],
    ['/intents?limit=ten', ['400 invalid-request', 'limit invalid-format']],
    ['/intents?limit=1&limit=2', ['400 invalid-request', 'limit wrong-type']],
    ['/intents?colour=red', ['400 invalid-request', 'colour unknown-field']],
    ['/intents?sku=%00', ['400 invalid-request', 'sku nul-character']],
    ['/intents?cursor=AAAAAAAAAAAAAAAAAAAAAAAAWyJhIl0', ['400 invalid-request', 'cursor invalid-cursor']],
    ['/intents?cursor=!', ['400 invalid-request', 'cursor invalid-cursor']],
    ['/intents?cursor=', ['400 invalid-request', 'cursor empty']],
  ])('is refused at %s', async (path, expected) => {
    const target = path === TOO_LONG ? `/intents/${'1'.repeat(3000)}` : path;
    expect(summary(await send('GET', target))).toEqual(expected);
  });

  it('may write a UUID in capitals', async () => {
    expect(await send('GET', `/intents/${ID.toUpperCase()}`)).toMatchObject({ status: 200, body: { id: ID } });
  });
});

describe('a route that fails', () => {
  async function failWith(error: unknown): Promise<Answer> {
    trouble.error = error;
    return send('POST', `/intents/${ID}/fail`);
  }

  it('tells nothing of what happened, and logs it under the request id', async () => {
    const answer = await failWith(new Error('secret'));
    expect(summary(answer)).toEqual(['500 internal']);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|at .*\.ts/);
    const line = http.logged.find((each) => each.includes('secret'));
    expect(line).toContain(answer.headers.get('request-id'));
  });

  it.each([
    ['a statement that took too long', { code: '57014', message: 'canceling statement due to statement timeout' }],
    ['a pool without a free connection', { message: 'timeout exceeded when trying to connect' }],
    ['a lost connection', { code: 'ECONNRESET', message: 'read ECONNRESET' }],
    ['a server that goes down', { code: '57P01', message: 'terminating connection' }],
    ['a server without room', { code: '53300', message: 'too many clients' }],
    ['a deadlock that retries did not solve', { code: '40P01', message: 'deadlock detected' }],
  ])('says 503 and when to come back: %s', async (_name, error) => {
    const answer = await failWith(Object.assign(new Error(error.message), error));
    expect(summary(answer)).toEqual(['503 overloaded']);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('says what the domain refuses by its code, with its members', async () => {
    const refusal = { code: 'stale-revision', members: { revision: 3 } };
    const answer = await failWith(Object.assign(new Error('order x is at revision 3'), refusal));
    expect(answer).toMatchObject({ status: 409, body: { detail: 'order x is at revision 3', revision: 3 } });
    expect(summary(answer)).toEqual(['409 stale-revision']);
  });

  it('survives what is no error at all', async () => {
    expect(summary(await failWith(undefined))).toEqual(['500 internal']);
    expect(summary(await failWith('text'))).toEqual(['500 internal']);
  });
});

describe('every answer', () => {
  it('carries the Request-Id of the caller where it is sane, else a new one', async () => {
    const given = await send('GET', '/nothing', undefined, { 'request-id': 'abc-1' });
    expect(given.headers.get('request-id')).toBe('abc-1');
    const insane = await send('GET', '/intents', undefined, { 'request-id': 'a b"' });
    expect(insane.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const broken = await send('GET', '/intents/%zz', undefined, { 'request-id': 'abc-2' });
    expect(broken.headers.get('request-id')).toBe('abc-2');
  });

  it('says how it may be used, and not by what it was made', async () => {
    const { headers } = await send('GET', '/intents');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is a refusal for a command that a foreign page sends', async () => {
    const foreign = await send('POST', '/intents', JSON.stringify(good), { origin: 'http://evil.example' });
    expect(summary(foreign)).toEqual(['403 forbidden']);
  });
});

describe('a connection that misbehaves', () => {
  it('does not hold up a shutdown by leaving its answer unread', async () => {
    const other = await startSampleApp({ closeWithinMs: 100 });
    const { hostname, port } = new URL(other.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write('GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'readable');
    await other.app.close();
    socket.destroy();
  });

  async function raw(url: string, text: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }

  it('is told so as a problem document', async () => {
    const answer = await raw(http.url, 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request/);
    expect(answer).toContain('urn:orderkeel:problem:invalid-request');
    expect(await raw(http.url, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('is ended when its request does not arrive in time', async () => {
    const slow = await startSampleApp({ receiveTimeoutMs: 200 });
    const head = 'POST /intents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{';
    const answer = await raw(slow.url, head);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    expect(answer).toContain('urn:orderkeel:problem:request-timeout');
    await slow.app.close();
  });
});
