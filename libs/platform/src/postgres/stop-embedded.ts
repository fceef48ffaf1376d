import { lockFolder } from './folder-lock.js';
import { clusterIn } from './place.js';
import { livePostmaster } from './postmaster-file.js';
import { exitOf } from './process-identity.js';
import { stopServer } from './server-stop.js';

/**
 * Ends the PostgreSQL that goes on on a folder of `embeddedFolder` since a program left it; false when none runs. Bounded as
 * `EmbeddedPostgres.stop`. Throws `folder-in-use` when a program keeps it running.
 */
export async function stopEmbedded(folder: string): Promise<boolean> {
  const lock = await lockFolder(folder);
  try {
    const postmaster = await livePostmaster(clusterIn(folder));
    if (postmaster === null) return false;
    await stopServer({ pid: postmaster.pid, exited: exitOf(postmaster.pid) });
    return true;
  } finally {
    await lock.release();
  }
}
