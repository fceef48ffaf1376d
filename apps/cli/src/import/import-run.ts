import { ApiClient } from './client/api-client.js';
import type { ImportOptions } from './import-options.js';
import type { Tally } from './tally.js';

/** What every step of one import shares. */
export interface ImportRun {
  readonly files: readonly string[];
  readonly client: ApiClient;
  readonly tally: Tally;
  /** Bytes were read from a file. */
  readonly onBytes: (bytes: number) => void;
  /** Something was counted: tells the caller how far the import is. */
  readonly moved: () => void;
}

/** Begins an import: the client, and the progress that the caller sees. */
export function beginRun(options: ImportOptions, bytesTotal: number, tally: Tally): ImportRun {
  const { files, baseUrl, progress, log } = options;
  let bytesRead = 0;
  const moved = () => progress?.({ bytesRead, bytesTotal, linesRead: tally.linesRead, intents: tally.intents });
  const onBytes = (bytes: number) => {
    bytesRead += bytes;
    moved();
  };
  return { files, client: new ApiClient(baseUrl, log ?? (() => undefined)), tally, onBytes, moved };
}
