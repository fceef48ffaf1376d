import { describe, expect, it } from '@jest/globals';
import { contentHash } from './content-hash.js';

describe('a content hash', () => {
  it('is that of the RFC 8785 form', () => {
    expect(contentHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(contentHash({ b: [1, 'é'], a: 1e21 })).toBe(
      contentHash(JSON.parse('{"a":1000000000000000000000,"b":[1.0,"\\u00e9"]}')),
    );
  });

  it('differs where the content does, and not where a member is merely undefined', () => {
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }));
    expect(contentHash({ a: 1, b: undefined })).toBe(contentHash({ a: 1 }));
    expect(contentHash({ a: null })).not.toBe(contentHash({}));
  });

  it('is refused to what is no JSON', () => {
    expect(() => contentHash(undefined)).toThrow('Only a JSON value');
    expect(() => contentHash({ a: Number.NaN })).toThrow();
  });
});
