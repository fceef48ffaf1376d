import { describe, expect, it } from '@jest/globals';
import { renderStatus } from './render-status.js';
import type { StackStatus } from './stack-status.js';

const up: StackStatus = {
  processes: [
    { name: 'postgres', pid: 11, port: 43211, rssBytes: 50 * 1024 * 1024 },
    { name: 'broker', pid: 12, port: 43212, rssBytes: 170 * 1024 * 1024 },
    { name: 'connect', pid: 13, port: 43214, rssBytes: null },
  ],
  connector: { state: 'RUNNING', task: 'RUNNING' },
  slot: { name: 'orderkeel_cdc', active: true },
};

describe('the status for people', () => {
  it('says what runs, where, and that the slot is read', () => {
    expect(renderStatus(up)).toEqual([
      'PostgreSQL     process 11  127.0.0.1:43211  50 MiB',
      'broker         process 12  127.0.0.1:43212  170 MiB',
      'Kafka Connect  process 13  127.0.0.1:43214',
      'connector      RUNNING, task RUNNING',
      'slot           orderkeel_cdc, read',
    ]);
  });

  it('says how to start a stack that does not run', () => {
    const stopped = { processes: [], connector: { state: null, task: null }, slot: { name: 'x', active: null } };
    expect(renderStatus(stopped)).toEqual(['The stack does not run; npm run stack:up starts it.']);
  });

  it.each([
    ['by a program', true, 'Kafka does not run; a program reads the changes itself. End it before npm run stack:up.'],
    ['by nobody', false, 'Kafka does not run; npm run stack:up starts it.'],
  ])('says what runs where only PostgreSQL does, and its slot is read %s', (_, active, line) => {
    const processes = up.processes.filter(({ name }) => name === 'postgres');
    const lines = renderStatus({ processes, connector: { state: null, task: null }, slot: { name: 's', active } });
    expect(lines.at(-1)).toBe(line);
  });

  it.each([
    ['a task that failed', { connector: { state: 'RUNNING', task: 'FAILED' } }, 'connector      RUNNING, task FAILED'],
    ['a slot without a reader', { slot: { name: 's', active: false } }, 'slot           s, read by nobody'],
    ['a Kafka Connect that does not answer', { connector: { state: null, task: null } }, 'connector      not known'],
    [
      'a dead broker, which the connector need not have noticed',
      { processes: [up.processes[2]!] },
      'broker         does not run',
    ],
    [
      'a dead PostgreSQL',
      { slot: { name: 's', active: null } },
      'slot           s, not known, since no PostgreSQL answers',
    ],
  ])('says how to repair a stack with %s', (_, difference, line) => {
    const lines = renderStatus({ ...up, ...difference });
    expect(lines).toContain(line);
    expect(lines.at(-1)).toBe('Changes do not flow; npm run stack:up repairs it.');
  });
});
