/** SQLSTATE of a value that is there already, and of two transactions that met. */
const UNIQUE_VIOLATION = '23505';
const SERIALIZATION_FAILURE = '40001';

/** Indexes that hold the idempotency keys of inventory's commands. */
const KEYS = new Set(['receipt_key', 'stock_adjustment_key']);

/**
 * Two commands under one idempotency key that speak of different SKUs wait for no common lock, so the second one meets
 * the first in the index. It is a conflict: tried again, it sees the first.
 */
export async function retryWhenKeysMeet<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code !== UNIQUE_VIOLATION || !KEYS.has(constraint ?? '')) throw error;
    const message = `another command under the same idempotency key (${constraint}) was faster`;
    throw Object.assign(new Error(message, { cause: error }), { code: SERIALIZATION_FAILURE, retriable: true });
  }
}
