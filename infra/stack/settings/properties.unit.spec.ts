import { describe, expect, it } from '@jest/globals';
import { renderProperties, renderSettings } from './properties.js';

/** What Java's Properties.load makes of one line, from its documentation. */
function javaReads(line: string): string {
  return line
    .slice(line.indexOf('=') + 1)
    .replace(/^\s+/, '')
    .replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, unit: string | undefined, other: string) =>
      unit === undefined ? ({ n: '\n', r: '\r', t: '\t' }[other] ?? other) : String.fromCharCode(parseInt(unit, 16)),
    );
}

describe('a properties file', () => {
  it.each(['plain', 'with = and : and # and !', 'C:\\data\\new', ' a space first', 'two\nlines', 'ä€😀', 'end\\', ''])(
    'gives %j back as Java reads it',
    (value) => {
      const [, line, ...rest] = renderProperties({ password: value }).split('\n');
      expect(rest).toEqual(['']);
      expect(javaReads(line!)).toBe(value);
    },
  );

  it('says of every setting why it is there', () => {
    expect(renderSettings([{ name: 'node.id', value: '1', why: 'It is alone.' }])).toBe(
      '# Written by `npm run stack:up`; changes here are lost.\n\n# It is alone.\nnode.id=1\n',
    );
  });
});
