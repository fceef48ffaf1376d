/**
 * The WHERE clause of a list: only what was asked for, so that the planner sees the filters that count, and every value
 * a parameter.
 */
export class Conditions {
  readonly parameters: unknown[] = [];
  private readonly clauses: string[] = [];

  /** Adds a condition when there is a value; `?` in it becomes the value's parameter. */
  add(clause: string, value: unknown): this {
    return value === undefined ? this : this.addAll(clause, [value]);
  }

  /** Adds a condition with several values, one for each `?`; nothing without values. */
  addAll(clause: string, values: readonly unknown[] | undefined): this {
    if (values === undefined) return this;
    const given = [...values];
    this.clauses.push(clause.replaceAll('?', () => this.parameter(given.shift())));
    return this;
  }

  /** The parameter of a value that stands elsewhere in the statement, e.g. its limit. */
  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  /** `true` where nothing was asked for. */
  get sql(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.map((clause) => `(${clause})`).join(' AND ');
  }
}
