import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.js';

const failure = (code: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { code, ...more });

describe('a failure, explained', () => {
  it('keeps the words of our own failures, which say what to do', () => {
    expect(explain(failure('port-taken', 'choose another'))).toEqual({ text: 'choose another', exitCode: 1 });
    expect(explain(failure('wrong-usage', 'say which'))).toEqual({ text: 'say which', exitCode: 2 });
  });

  it('names the setting of a port that is taken or forbidden', () => {
    const taken = explain(failure('EADDRINUSE', 'listen', { address: '127.0.0.1', port: 3000 }));
    expect(taken.text).toMatch(/^Port 3000 of 127\.0\.0\.1 is taken .* ORDERKEEL_PORT/);
    expect(explain(failure('EACCES', 'listen', { port: 80 })).text).toContain('ORDERKEEL_PORT');
  });

  it('adds advice to what comes from elsewhere, also where it has no message of its own', () => {
    const refused = failure('ECONNREFUSED', '', { errors: [new Error('no ::1'), new Error('no 127.0.0.1')] });
    expect(explain(refused).text).toMatch(/^no ::1\nno 127\.0\.0\.1 \(ECONNREFUSED\)\nRun "npx orderkeel doctor"/);
  });

  it('says nothing twice, and knows help from failure', () => {
    expect(explain(failure('told', ''))).toEqual({ text: '', exitCode: 1 });
    expect(explain(failure('commander.unknownOption', 'x', { exitCode: 1 }))).toEqual({ text: '', exitCode: 2 });
    expect(explain(failure('commander.helpDisplayed', 'x', { exitCode: 0 }))).toEqual({ text: '', exitCode: 0 });
  });
});
