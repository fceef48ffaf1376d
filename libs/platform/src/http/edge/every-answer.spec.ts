import { describe, expect, it } from '@jest/globals';
import { summary, useSampleApp } from '../testing/sample-client.js';

const app = useSampleApp();
const good = { key: 'k', quantity: 2, price: 5 };

describe('every answer', () => {
  it('carries the Request-Id of the caller where it is sane, else a new one', async () => {
    const given = await app.send('GET', '/nothing', undefined, { 'request-id': 'abc-1' });
    expect(given.headers.get('request-id')).toBe('abc-1');
    const insane = await app.send('GET', '/intents', undefined, { 'request-id': 'a b"' });
    expect(insane.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const broken = await app.send('GET', '/intents/%zz', undefined, { 'request-id': 'abc-2' });
    expect(broken.headers.get('request-id')).toBe('abc-2');
  });

  it('says how it may be used, and not by what it was made', async () => {
    const { headers } = await app.send('GET', '/intents');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is a refusal for a command that a foreign page sends', async () => {
    const foreign = await app.send('POST', '/intents', JSON.stringify(good), { origin: 'http://evil.example' });
    expect(summary(foreign)).toEqual(['403 forbidden']);
  });
});
