/** What is open, and must be closed before the bench ends: a stack outlives whoever started it. */
export const opened = new Set<{ close(): Promise<void> }>();

let closing: Promise<never> | null = null;

/** Lets an interrupt or a request to end close what is open first; one that is repeated changes nothing. */
export function closeOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.on(signal, () => void (closing ??= closeAll().then(() => process.exit(code))));
}

async function closeAll(): Promise<void> {
  process.stderr.write('Ending what is open and removing its data\n');
  await Promise.allSettled([...opened].map((each) => each.close()));
}
