import type { Setting } from './setting.js';

const HEAD = '# Written by `npm run stack:up`; changes here are lost.';

/** A Java properties file in which every setting says why it is there. */
export function renderSettings(settings: readonly Setting[]): string {
  const paragraphs = settings.map(({ name, value, why }) => `\n# ${why}\n${line(name, value)}`);
  return [HEAD, ...paragraphs, ''].join('\n');
}

/** A Java properties file. */
export function renderProperties(properties: Readonly<Record<string, string>>): string {
  return [HEAD, ...Object.entries(properties).map(([name, value]) => line(name, value)), ''].join('\n');
}

/** Java reads such files as ISO 8859-1 with escapes; a value must not begin with a space, end early or join two lines. */
function line(name: string, value: string): string {
  const escaped = value
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/^ /, '\\ ')
    .replace(/[^\t -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${name}=${escaped}`;
}
