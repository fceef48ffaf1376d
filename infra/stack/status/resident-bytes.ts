import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KIB = 1024;

/**
 * Memory that a process and its children hold, bytes. Pages that they share are counted once where the system tells which
 * (Linux): PostgreSQL is many processes around one large shared memory. Null for a process that is gone or hidden.
 */
export async function residentBytes(pid: number): Promise<number | null> {
  const family = await Promise.all([pid, ...(await childrenOf(pid))].map(memoryOf));
  const known = family.filter((bytes) => bytes !== null);
  return family[0] === null ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

async function memoryOf(pid: number): Promise<number | null> {
  const shares = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const proportional = /^Pss:\s+(\d+) kB/m.exec(shares)?.[1];
  if (proportional !== undefined) return Number(proportional) * KIB;
  try {
    return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) * KIB;
  } catch {
    return null;
  }
}
