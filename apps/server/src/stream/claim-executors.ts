import { hostname } from 'node:os';
import { claimSource, type SourceClaim } from '@orderkeel/platform';
import type { StreamParts } from './change-stream.js';
import { runHere } from './executors.js';

/**
 * Claims the executors for programs that come to the changes as this one does; a process that runs none claims nothing, and
 * may serve HTTP whichever way the others go. Throws `other-source`.
 */
export async function claimExecutors(parts: StreamParts): Promise<SourceClaim> {
  const { configuration, executors, connector, replicationUrl, gaveUp } = parts;
  if (runHere(executors, configuration).length === 0) return { release: async () => undefined };
  return claimSource({
    url: replicationUrl,
    slot: connector.slot,
    kind: configuration.changes,
    owner: `${hostname()}/${process.pid}`,
    lost: gaveUp,
  });
}
