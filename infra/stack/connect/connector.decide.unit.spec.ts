import { describe, expect, it } from '@jest/globals';
import { judgeStatus } from './connector.decide.js';

const HERE = '127.0.0.1:8083';
const running = { state: 'RUNNING', worker_id: HERE };
const trace = [
  'org.apache.kafka.connect.errors.ConnectException: Could not start',
  '\tat io.debezium.Start.start(Start.java:1)',
  'Caused by: org.postgresql.util.PSQLException: FATAL: password authentication failed for user "orderkeel_cdc"',
  '\tat org.postgresql.Login.login(Login.java:1)',
  '\t... 12 more',
].join('\n');

describe('a connector', () => {
  it.each([
    ['runs with its task', { connector: running, tasks: [running] }, { is: 'running' }],
    ['is waited for before it is known', null, { is: 'waiting' }],
    ['is waited for before it has a task', { connector: running, tasks: [] }, { is: 'waiting' }],
    [
      'is waited for while its status is that of a worker before this one',
      { connector: running, tasks: [{ ...running, worker_id: '127.0.0.1:9999' }] },
      { is: 'waiting' },
    ],
    [
      'is waited for when a worker before this one failed',
      { connector: running, tasks: [{ state: 'FAILED', worker_id: '127.0.0.1:9999', trace }] },
      { is: 'waiting' },
    ],
    [
      'failed for the innermost reason of its task',
      { connector: running, tasks: [{ state: 'FAILED', worker_id: HERE, trace }] },
      { is: 'failed', reason: 'FATAL: password authentication failed for user "orderkeel_cdc"' },
    ],
    [
      'failed without a reason',
      { connector: { ...running, state: 'FAILED' }, tasks: [] },
      { is: 'failed', reason: 'it gives no reason' },
    ],
  ])('%s', (_, status, verdict) => {
    expect(judgeStatus(status, HERE)).toEqual(verdict);
  });
});
