import { pino, type Logger } from 'pino';
import type { StartLog } from '@orderkeel/platform';

/** JSON lines on stderr for machines; what people should read goes to stdout (interfaces 6, ORDERKEEL_LOG_LEVEL). */
export function openLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}

/** Tells people what the start is doing, one line at a time. */
export function startLog(log: Logger): StartLog {
  return {
    info: (message) => {
      process.stdout.write(`${message}\n`);
      log.info(message);
    },
    warn: (message) => log.warn(message),
  };
}
