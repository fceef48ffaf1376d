/** Quantities have at most six decimals (interfaces 1), so millionths as integers are exact. */
const MILLION = 1_000_000n;

/** Millionths of a decimal text with at most six decimals; throws SyntaxError on anything else. */
export function millionths(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = BigInt(whole.replace('-', '') + fraction.padEnd(6, '0').slice(0, 6));
  return text.startsWith('-') ? -digits : digits;
}

/** Decimal text without superfluous zeros. */
export function decimalText(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = String(size % MILLION)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${size / MILLION}${fraction && `.${fraction}`}`;
}
