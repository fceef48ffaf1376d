import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';

/** The package exports the function itself, where its types tell of a module with a default export. */
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/**
 * SHA-256 (hex) of a JSON value's RFC 8785 form: the same content gives the same hash however its members were ordered
 * and its numbers written. Members that are undefined count as absent.
 * @throws Error for what JSON cannot say (NaN, a function); validated bodies hold none
 */
export function contentHash(content: unknown): string {
  const text = canonicalize(content);
  if (text === undefined) throw new Error('Only a JSON value has a content hash');
  return createHash('sha256').update(text).digest('hex');
}
