/**
 * A URL with these settings, `-c name=value`, behind its own `options`, if it has any: the last one of a name wins, and pg
 * lets the options of a URL replace those of its configuration altogether.
 */
export function withSettings(url: string, settings: string): string {
  const parsed = new URL(url);
  const own = parsed.searchParams.get('options');
  parsed.searchParams.set('options', own === null ? settings : `${own} ${settings}`);
  return parsed.href;
}
