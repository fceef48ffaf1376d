import { describe, expect, it } from '@jest/globals';
import { elapsedText } from './elapsed.js';
import { majorText } from './money.js';
import { counted } from './numbers.js';
import { table } from './table.js';

describe('what people read', () => {
  it('has amounts in major units, to the last digit of a price with fractions', () => {
    expect(majorText(1530, 'GBP')).toBe('15.30');
    expect(majorText('0.1', 'GBP')).toBe('0.001');
    expect(majorText(1530, 'JPY')).toBe('1530');
    expect(majorText(1530, 'KWD')).toBe('1.530');
    expect(majorText(9007199254740991, 'EUR')).toBe('90071992547409.91');
  });

  it('has durations in the unit that people would use', () => {
    const texts = [12, 3_400, 95_000, 720_000, 18_000_000, 259_200_000].map(elapsedText);
    expect(texts).toEqual(['12 ms', '3.4 s', '95 s', '12 min', '5 h', '3 days']);
  });

  it('counts one thing and many', () => {
    expect([counted(1, 'order'), counted(320_705, 'line')]).toEqual(['1 order', '320,705 lines']);
  });

  it('has tables whose painted cells are as wide as they look', () => {
    const columns = [{ title: 'sku' }, { title: 'left', align: 'right' }] as const;
    expect(
      table(columns, [
        ['\x1b[33mA\x1b[39m', '1'],
        ['BBBB', '1000'],
      ]),
    ).toEqual(['sku   left', '\x1b[33mA\x1b[39m        1', 'BBBB  1000']);
  });
});
