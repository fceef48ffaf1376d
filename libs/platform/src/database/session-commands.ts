/**
 * The beginning and the end of a transaction and what outlasts it: roles and settings of the session. `SET LOCAL`, savepoints
 * and the kind of the transaction belong to the work.
 */
const SESSION_COMMAND =
  /(?:^|;)\s*(?:SET\s+(?!LOCAL\b|CONSTRAINTS\b|TRANSACTION\b)|RESET\b|DISCARD\b|BEGIN\b|START\b|COMMIT\b|END\b|ABORT\b|ROLLBACK\b(?!\s+TO\b)|PREPARE\s+TRANSACTION\b)|\bset_config\s*\(\s*'(?:role|session_authorization)'/i;

/**
 * Throws `session-command` at a statement that would change as whom the next user of the connection speaks, or end the
 * transaction. It stops mistakes, not malice: who writes modules may hide such a command in a function.
 */
export function refuseSessionCommand(sql: string): void {
  if (!SESSION_COMMAND.test(sql)) return;
  const message = `only Database begins and ends transactions and takes roles, so this is refused: ${sql.trim().slice(0, 80)}`;
  throw Object.assign(new Error(message), { code: 'session-command', retriable: false });
}
