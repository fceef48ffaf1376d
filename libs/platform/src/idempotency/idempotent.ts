import { newId } from '../ids/ids.js';
import type { ModuleTx } from '../database/module-tx.js';
import { contentHash } from './content-hash.js';

/** A command as its caller sent it. */
export interface KeyedCommand {
  /** The command's route, e.g. `POST /orders/{orderId}/cancel`. */
  readonly route: string;
  /** What the command is about, e.g. the order's id; empty where the route has no object. */
  readonly object: string;
  /** The caller's `idempotencyKey`; without one the work is simply done. */
  readonly key: string | undefined;
  /** What was asked for, validated and without the key itself; JSON. */
  readonly content: unknown;
}

/** The first result, and whether it is from an earlier time. */
export interface CommandResult<Result> {
  readonly result: Result;
  readonly repeated: boolean;
}

/** The key stands for other content already (interfaces 3). Its `code` is the problem that the caller gets. */
class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
  readonly code = 'idempotency-key-reused';
  readonly retriable = false;

  constructor({ route, key }: KeyedCommand) {
    super(`The idempotency key ${key} was used for other content at ${route}`);
  }
}

/**
 * Does the work of a command once per key: the same key again gives the first result and changes nothing, one with other
 * content is refused (interfaces 3). Everything happens in the command's own transaction, so a work that fails leaves
 * its key free; a second command under a key that is being worked on waits for the first one's end. Keys stay as long as
 * what was done under them. Who keeps the key beside its effect, as inventory does, needs none of this (docs/adr/0008).
 * @param work gives a JSON value, which is kept
 */
export async function idempotent<Result>(
  tx: ModuleTx,
  command: KeyedCommand,
  work: () => Promise<Result>,
): Promise<CommandResult<Result>> {
  if (command.key === undefined) return { result: await work(), repeated: false };
  const id = newId(tx.clock.nowMs());
  const hash = contentHash(command.content);
  const claimed = await tx.execute(
    `INSERT INTO platform.idempotency_key (id, tenant_id, module, route, object, key, content_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, module, route, object, key) DO NOTHING`,
    [id, tx.tenantId, tx.module, command.route, command.object, command.key, hash, tx.clock.now()],
  );
  if (claimed === 0) return { result: await firstResult<Result>(tx, command, hash), repeated: true };
  const result = await work();
  await tx.execute('UPDATE platform.idempotency_key SET result = $2::jsonb WHERE id = $1', [
    id,
    JSON.stringify(result),
  ]);
  return { result, repeated: false };
}

/**
 * Read in a statement of its own: the claim waited, and a statement sees what was committed before it began. The tenant
 * is asked for in words that the unique index understands; `IS NOT DISTINCT FROM` is none of them.
 */
async function firstResult<Result>(tx: ModuleTx, command: KeyedCommand, hash: string): Promise<Result> {
  const tenant = tx.tenantId === null ? 'tenant_id IS NULL AND $1::uuid IS NULL' : 'tenant_id = $1::uuid';
  const [first] = await tx.query<{ content_hash: string; result: Result }>(
    `SELECT content_hash, result FROM platform.idempotency_key
     WHERE ${tenant} AND module = $2 AND route = $3 AND object = $4 AND key = $5`,
    [tx.tenantId, tx.module, command.route, command.object, command.key],
  );
  if (first?.content_hash !== hash) throw new IdempotencyKeyReused(command);
  return first.result;
}
