import { z } from 'zod';

/** What a decimal may be. */
export interface DecimalRule {
  /** Digits before the point, as the column has them. */
  readonly integerDigits: number;
  readonly sign: 'positive' | 'not-negative' | 'any' | 'not-zero';
  /** Whether a JSON number is accepted besides text. */
  readonly numbers: boolean;
  readonly description: string;
  readonly example: string;
}

/** Decimals after the point, everywhere (interfaces 1). */
const DECIMALS = 6;
const SHAPE = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/**
 * An exact decimal on its way in: text (or a JSON number, where the rule says so), normalised to text without
 * superfluous zeros, so that `2`, `"2"` and `"2.0"` are the same content.
 */
export function decimalIn(rule: DecimalRule) {
  const text = z.string().meta({ description: rule.description, examples: [rule.example] });
  return (rule.numbers ? z.union([z.number(), z.string()]) : z.string())
    .transform((given, context): string => {
      const [normal, fault] = normalised(String(given), rule);
      if (fault) context.issues.push({ code: 'custom', input: given, message: fault[1], params: { code: fault[0] } });
      return normal;
    })
    .pipe(text)
    .meta({ ...documented(rule), description: rule.description });
}

type Fault = readonly [code: string, message: string];

function normalised(given: string, rule: DecimalRule): [string, Fault?] {
  // A number prints with an exponent only below 1e-6 or from 1e21 on: never within the limits.
  if (/^-?[\d.]+e-\d+$/.test(given)) return ['0', tooManyDecimals];
  const parts = SHAPE.exec(given);
  if (!parts) return ['0', ['invalid-format', 'must be a decimal number such as "1.5"']];
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  const whole = parts[2]!.replace(/^0+(?=\d)/, '');
  const zero = whole === '0' && fraction === '';
  const negative = parts[1] === '-' && !zero;
  if ((parts[3]?.length ?? 0) > DECIMALS) return ['0', tooManyDecimals];
  if (whole.length > rule.integerDigits)
    return ['0', ['too-large', `must have at most ${rule.integerDigits} digits before the point`]];
  if (rule.sign === 'positive' && (negative || zero)) return ['0', ['not-positive', 'must be greater than 0']];
  if (rule.sign === 'not-negative' && negative) return ['0', ['negative', 'must not be negative']];
  if (rule.sign === 'not-zero' && zero) return ['0', ['zero', 'must not be 0']];
  return [`${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`];
}

const tooManyDecimals: Fault = ['too-many-decimals', `must have at most ${DECIMALS} decimals`];

/** What the JSON Schema of such a field says: the run-time rule itself is a function that no schema can show. */
function documented({ integerDigits, sign, numbers }: DecimalRule): object {
  const minus = sign === 'any' || sign === 'not-zero' ? '-?' : '';
  const text = { type: 'string', pattern: `^${minus}\\d{1,${integerDigits}}(\\.\\d{1,${DECIMALS}})?$` };
  if (!numbers) return text;
  const bound = { positive: { exclusiveMinimum: 0 }, 'not-negative': { minimum: 0 }, any: {}, 'not-zero': {} }[sign];
  return { anyOf: [{ type: 'number', ...bound }, text] };
}
