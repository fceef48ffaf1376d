import { createServer } from 'node:net';
import { freePort } from '../../../libs/platform/src/postgres/server-port.js';

/** Free ports of 127.0.0.1: each the wanted one if that is free, else any. Another program may still be quicker. */
export async function choosePorts(wanted: readonly (number | null)[]): Promise<number[]> {
  const chosen: number[] = [];
  for (const port of wanted) {
    let candidate = port !== null && (await isFree(port)) ? port : await freePort();
    while (chosen.includes(candidate)) candidate = await freePort();
    chosen.push(candidate);
  }
  return chosen;
}

/** Whether a program could listen on the port of 127.0.0.1 just now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
