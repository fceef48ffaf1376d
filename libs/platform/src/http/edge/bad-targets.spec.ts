import { describe, expect, it } from '@jest/globals';
import { summary, useSampleApp } from '../testing/sample-client.js';

const app = useSampleApp();
const ID = '0199aaaa-0000-7000-8000-00000000000f';
const TOO_LONG = 'a path of 3,000 digits';

describe('a request that leads nowhere', () => {
  it('is a 404 whatever it carries', async () => {
    expect(summary(await app.send('GET', '/nothing?x=1'))).toEqual(['404 not-found']);
    expect(await app.send('POST', '/nothing?x=1', '{')).toMatchObject({ status: 404, body: { instance: '/nothing' } });
    expect(summary(await app.send('POST', '/nothing', '<a/>', { 'content-type': 'application/xml' }))).toEqual([
      '404 not-found',
    ]);
  });

  it('is a 405 with the methods that the path has', async () => {
    const answer = await app.send('DELETE', '/intents');
    expect(summary(answer)).toEqual(['405 method-not-allowed']);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it.each([
    ['/intents/1', ['400 invalid-request', 'id invalid-format']],
    [TOO_LONG, ['400 invalid-request', 'path invalid-format']],
    ['/intents/%zz', ['400 invalid-request', 'path invalid-format']],
    ['/intents/%FF', ['400 invalid-request', 'path invalid-format']],
    ['/intents?sku=%ED%A0%80', ['400 invalid-request', 'sku invalid-format']],
    ['/intents?limit=1&sku=%FF&%zz', ['400 invalid-request', 'sku invalid-format', '%zz invalid-format']],
    [`/intents/${ID}?x=1`, ['400 invalid-request', 'x unknown-field']],
    [`/intents/${ID}/events?x=1`, ['400 invalid-request', 'x unknown-field']],
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
    expect(summary(await app.send('GET', target))).toEqual(expected);
  });

  it('may write a UUID in capitals', async () => {
    expect(await app.send('GET', `/intents/${ID.toUpperCase()}`)).toMatchObject({ status: 200, body: { id: ID } });
  });
});
