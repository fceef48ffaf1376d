/** How a command ended (interfaces 7). */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2, refusedLines: 3, found: 4 } as const;
/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
