import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../stack-error.js';

const LOOK_MS = 100;

/** Until its group has settled, Connect refuses changes or does not answer; it means what it says of the connector itself. */
export async function patiently<T>(endMs: number, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const refusal = (error as Error).message;
      if (refusal.startsWith('400 ') || performance.now() > endMs)
        throw new StackError('connector-failed', `Kafka Connect does not take the connector: ${refusal}`, {
          cause: error,
        });
      await delay(LOOK_MS);
    }
  }
}
