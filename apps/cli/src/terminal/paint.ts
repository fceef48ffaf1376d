import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Colours on a terminal that has them, and not where NO_COLOR is set; elsewhere the text stays as it is. */
const hasColours = process.stdout.isTTY && process.stdout.hasColors();

function painter(...styles: readonly Style[]): (text: string) => string {
  if (!hasColours) return (text) => text;
  return (text) => styles.reduce((painted, style) => styleText(style, painted), text);
}

/** What stands out in what people read. */
export const paint = {
  bold: painter('bold'),
  dim: painter('dim'),
  good: painter('green'),
  warning: painter('yellow'),
  blocking: painter('red', 'bold'),
} as const;
