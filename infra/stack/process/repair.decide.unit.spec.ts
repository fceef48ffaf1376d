import { describe, expect, it } from '@jest/globals';
import { decideRepair, wantedPorts, type ProgramFacts } from './repair.decide.js';

const running: ProgramFacts = { lastPorts: [7001, 7002], lives: true, upToDate: true, askedPort: null };

describe('a program of the stack', () => {
  it.each([
    ['is kept while it is what would be started now', {}, 'keep'],
    ['is kept on the port that is asked for', { askedPort: 7001 }, 'keep'],
    ['is started when it never was', { lastPorts: null, lives: false, upToDate: false }, 'start'],
    ['is started when it died', { lives: false }, 'start'],
    ['is started again for other settings', { upToDate: false }, 'restart'],
    ['is started again for another port', { askedPort: 9092 }, 'restart'],
  ] as const)('%s', (_, facts, repair) => {
    expect(decideRepair({ ...running, ...facts })).toBe(repair);
  });
});

describe('the ports of a program', () => {
  it.each([
    ['any the first time', { lastPorts: null }, [null, null]],
    ['those of last time', {}, [7001, 7002]],
    ['the one that is asked for, and the second of last time', { askedPort: 9092 }, [9092, 7002]],
  ] as const)('are %s', (_, facts, ports) => {
    expect(wantedPorts({ ...running, ...facts }, 2)).toEqual(ports);
  });
});
