import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { summary, useSampleApp } from '../testing/sample-client.js';
import { ID } from '../testing/sample.schema.js';

const app = useSampleApp();
const good = { key: 'k', quantity: 2, price: 5 };

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
      ['400 invalid-request', '/quantity number-not-exact'],
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
    const answer = await app.send('POST', '/intents', body);
    expect(summary(answer)).toEqual(expected);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ title: expect.any(String), detail: expect.any(String), instance: '/intents' });
  });

  it('is refused without a body, at the pointer ""', async () => {
    expect(summary(await app.send('POST', '/intents'))).toEqual(['400 invalid-request', ' required']);
    const empty = await app.send('POST', '/intents', undefined, { 'content-type': 'application/json' });
    expect(summary(empty)).toEqual(['400 invalid-request', ' required']);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('is refused in the media type %s', async (type) => {
    const answer = await app.send('POST', '/intents', JSON.stringify(good), { 'content-type': type });
    expect(summary(answer)).toEqual(['415 unsupported-media-type']);
  });

  it('is refused in an encoding', async () => {
    const answer = await app.send('POST', '/intents', gzipSync(JSON.stringify(good)), { 'content-encoding': 'gzip' });
    expect(summary(answer)).toEqual(['415 unsupported-media-type']);
    expect(answer.headers.get('accept-encoding')).toBe('identity');
    const plain = await app.send('POST', '/intents', JSON.stringify(good), { 'content-encoding': 'Identity' });
    expect(plain.status).toBe(202);
  });

  it.each([
    ['{"x":1}', ['400 invalid-request', '/x unknown-field']],
    ['[]', ['400 invalid-request', ' wrong-type']],
    ['null', ['400 invalid-request', ' wrong-type']],
    ['{}', ['500 internal']],
    [undefined, ['500 internal']],
  ])('is refused where its route takes no body, unless it says nothing: %s', async (body, expected) => {
    expect(summary(await app.send('POST', `/intents/${ID}/fail`, body))).toEqual(expected);
  });

  it('is refused over the limit of its route, which is larger for a batch', async () => {
    const padded = (bytes: number) => `${JSON.stringify({ intents: [good] })}${' '.repeat(bytes)}`;
    expect(summary(await app.send('POST', '/intents', padded(1024 * 1024)))).toEqual(['413 payload-too-large']);
    expect(await app.send('POST', '/intents/batch', padded(15 * 1024 * 1024))).toMatchObject({ status: 200 });
    expect(summary(await app.send('POST', '/intents/batch', padded(16 * 1024 * 1024)))).toEqual([
      '413 payload-too-large',
    ]);
  });

  it('is refused over the limit also when it comes in pieces of unknown number', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let piece = 0; piece < 20; piece++) controller.enqueue(Buffer.alloc(64 * 1024, ' '));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${app.url}/intents`, { method: 'POST', body, headers, duplex: 'half' });
    expect(answer.status).toBe(413);
  });

  it('keeps the faults of an item of a batch to that item', async () => {
    const deep = { ...good, metadata: JSON.parse('{"a":'.repeat(25) + '1' + '}'.repeat(25)) as unknown };
    const answer = await app.send(
      'POST',
      '/intents/batch',
      JSON.stringify({ intents: [good, deep, { ...good, x: 1 }] }),
    );
    expect(answer.body).toEqual({ results: [true, false, false] });
    expect(summary(await app.send('POST', '/intents/batch', '{"intents":[]}'))).toEqual([
      '400 invalid-request',
      '/intents too-few',
    ]);
  });
});
