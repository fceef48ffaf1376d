/** Reads arguments of the form `property=value`. Throws for another form: what is left out silently would be missed late. */
export function readValues(args: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const arg of args) {
    const [, property, value] = /^([a-z][\w.-]*)=(.*)$/s.exec(arg) ?? [];
    if (property === undefined || value === undefined) throw new Error(`${arg} is no property=value`);
    values[property] = value;
  }
  return values;
}
