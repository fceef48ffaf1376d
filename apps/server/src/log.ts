import { pino, type Logger } from 'pino';
import type { StartLog } from '@orderkeel/platform';

/** JSON lines on stderr for machines; what people should read goes to stdout (interfaces 6, ORDERKEEL_LOG_LEVEL). */
export function openLog(level: string): Logger {
  // Written at once: the lines before a failure come before its last words, and none is lost with the process.
  const stderr = pino.destination({ dest: 2, sync: true });
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stderr);
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
