/** Texts are few and fixed; more than this and somebody builds statements from values. */
const MOST = 500;

const names = new Map<string, Map<string, string>>();
let count = 0;

/**
 * The name under which a connection keeps a statement's plan, so that it is parsed and planned once per connection and
 * not once per use; undefined when there are too many texts to keep. PostgreSQL plans a statement on tables with row
 * security anew whenever another role runs it, so each role has names of its own.
 */
export function statementName(role: string, sql: string): string | undefined {
  const ofRole = names.get(role) ?? new Map<string, string>();
  const known = ofRole.get(sql);
  if (known !== undefined || count >= MOST) return known;
  const name = `s${count}`;
  count += 1;
  names.set(role, ofRole.set(sql, name));
  return name;
}
