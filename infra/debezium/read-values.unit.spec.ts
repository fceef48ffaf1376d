import { describe, expect, it } from '@jest/globals';
import { readValues } from './read-values.js';

describe('the values that are filled in', () => {
  it('are what stands behind the first equals sign', () => {
    expect(readValues(['database.port=5433', 'database.dbname=a=b', 'transforms='])).toEqual({
      'database.port': '5433',
      'database.dbname': 'a=b',
      transforms: '',
    });
  });

  it.each(['database.port', '--port=1', '=1', ''])('are refused in the form %j', (arg) => {
    expect(() => readValues([arg])).toThrow(`${arg} is no property=value`);
  });
});
