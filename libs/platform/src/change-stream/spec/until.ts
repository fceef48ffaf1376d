const PATIENCE_MS = 30_000;
const PAUSE_MS = 20;

/** Waits until a condition holds; says what did not happen when it does not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS} ms, and still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
