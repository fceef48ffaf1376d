import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { OrderIntentBody } from './intent-body.js';

// The package is CommonJS whose export is the function itself; its types say `default`.
const rfc8785 = canonicalize as unknown as (value: unknown) => string;

/**
 * SHA-256, hex, of the RFC 8785 form of a validated intent without `payloadHash` (interfaces 2). Taken of the
 * normalised content, so that `2` and `"2"`, or a total that was left to us, are the same content.
 */
export function contentHashOf({ payloadHash: _, ...content }: OrderIntentBody): string {
  return createHash('sha256').update(rfc8785(content)).digest('hex');
}
