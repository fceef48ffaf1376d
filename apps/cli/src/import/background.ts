/** Work that goes on beside the main line, one piece after the other and at most one piece behind. */
export interface Background {
  /** Begins the work when the piece before it has ended. An error of that piece comes out here. */
  begin(work: () => Promise<void>): Promise<void>;
}

/** Does the work of the main line, and comes back, or fails, only when what it began in the background has ended too. */
export async function withBackground(mainLine: (background: Background) => Promise<void>): Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const begin = async (work: () => Promise<void>) => {
    await running;
    running = work();
    // Whoever waits for it meets the error; until then nobody does.
    running.catch(() => undefined);
  };
  try {
    await mainLine({ begin });
  } catch (error) {
    await running.catch(() => undefined);
    throw error;
  }
  await running;
}
