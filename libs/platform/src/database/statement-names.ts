/** Texts are few and fixed; more than this and somebody builds statements from values. */
const MOST = 500;

const names = new Map<string, string>();

/**
 * The name under which a connection keeps a statement's plan, so that it is parsed and planned once per connection and
 * not once per batch; undefined when there are too many texts to keep.
 */
export function statementName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
}
