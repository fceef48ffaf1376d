import { describe, expect, it } from '@jest/globals';
import { refuseSessionCommand } from './session-commands.js';

describe('what work may say on its connection', () => {
  it.each([
    'SET ROLE NONE',
    ' set  role "x"',
    'SET SESSION AUTHORIZATION DEFAULT',
    'SET statement_timeout = 0',
    'RESET ROLE',
    'RESET ALL',
    'DISCARD ALL',
    'BEGIN',
    'COMMIT',
    'END',
    'ROLLBACK',
    'rollback; SELECT 1',
    'SELECT 1; RESET ROLE',
    `SELECT set_config('role', 'none', false)`,
  ])('is not %s', (sql) => {
    expect(() => refuseSessionCommand(sql)).toThrow(expect.objectContaining({ code: 'session-command' }));
  });

  it.each([
    'SELECT 1',
    'SET LOCAL enable_seqscan = off',
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    'SAVEPOINT one_key',
    'ROLLBACK TO SAVEPOINT one_key',
    'UPDATE staff SET role = $1',
    `UPDATE t\n   SET a = 1, "end" = 2`,
    `SELECT CASE WHEN true THEN 1 END, 'a; b'`,
    `SELECT set_config('orderkeel.tenant', $1, true)`,
  ])('is %s', (sql) => {
    expect(() => refuseSessionCommand(sql)).not.toThrow();
  });
});
