/** Lines for people, on stdout (interfaces 6, ORDERKEEL_LOG_LEVEL). */
export function say(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** The one JSON value that `--json` prints on stdout. */
export function sayJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
