import { builtDeclarations, readConfiguration, readConnector } from '../../../apps/server/src/index.js';
import { ReplicationReader } from '../../../libs/platform/src/change-stream/replication-reader.js';

/** The product's reader with its own settings, on another slot. */
export async function productReader(url: string, slot: string): Promise<ReplicationReader> {
  const connector = await readConnector(readConfiguration({}, builtDeclarations));
  return new ReplicationReader({ ...connector, url, slot });
}

/** Takes a slot and reads nothing of it; the returned function lets it go. */
export async function holdSlot(url: string, slot: string): Promise<() => Promise<void>> {
  const reader = await productReader(url, slot);
  const ignore = () => undefined;
  const closed = (error: Error | null) => {
    if (error) throw error;
  };
  await reader.start({ onBegin: ignore, onChange: ignore, onCommit: ignore, onKeepalive: ignore, onClosed: closed });
  reader.pause();
  return () => reader.stop();
}
