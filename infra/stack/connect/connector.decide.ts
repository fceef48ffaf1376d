import type { ConnectorStatus, PartStatus } from './connect-client.js';

/** What to make of a connector's status: it runs, it failed for a reason, or nobody can say yet. */
export type Verdict = { readonly is: 'running' | 'waiting' } | { readonly is: 'failed'; readonly reason: string };

/** Judges a status: what another worker says is left over from before this one was started. */
export function judgeStatus(status: ConnectorStatus | null, workerId: string): Verdict {
  const parts: readonly PartStatus[] = status === null ? [] : [status.connector, ...status.tasks];
  const own = parts.filter(({ worker_id }) => worker_id === workerId);
  const failed = own.find(({ state }) => state === 'FAILED');
  if (failed) return { is: 'failed', reason: reasonIn(failed.trace ?? '') };
  const running = own.length >= 2 && own.every(({ state }) => state === 'RUNNING');
  return { is: running ? 'running' : 'waiting' };
}

/** The innermost cause of a Java stack trace, without the names of its classes. */
function reasonIn(trace: string): string {
  const causes = trace.split('\n').filter((line) => line !== '' && !/^\s+(at|\.\.\.) /.test(line));
  return (causes.at(-1) ?? 'it gives no reason').replace(/^Caused by: /, '').replace(/^[\w.$]+: /, '');
}
