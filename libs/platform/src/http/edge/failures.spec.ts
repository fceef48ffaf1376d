import { describe, expect, it } from '@jest/globals';
import { trouble } from '../testing/sample.controller.js';
import { summary, useSampleApp, type Answer } from '../testing/sample-client.js';

const app = useSampleApp();
const ID = '0199aaaa-0000-7000-8000-00000000000f';

describe('a route that fails', () => {
  async function failWith(error: unknown): Promise<Answer> {
    trouble.error = error;
    return app.send('POST', `/intents/${ID}/fail`);
  }

  it('tells nothing of what happened, and logs it under the request id', async () => {
    const answer = await failWith(new Error('secret'));
    expect(summary(answer)).toEqual(['500 internal']);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret|at .*\.ts/);
    const line = app.logged.find((each) => each.includes('secret'));
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
