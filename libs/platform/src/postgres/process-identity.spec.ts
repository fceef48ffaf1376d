import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { processIdentity } from './process-identity.js';

describe('the identity of a process', () => {
  it('stays the same, differs from that of another process, and ends with it', async () => {
    const other = spawn('sleep', ['60']);
    const identity = await processIdentity(other.pid ?? 0);
    expect(await processIdentity(other.pid ?? 0)).toBe(identity);
    expect(identity).not.toBe(await processIdentity(process.pid));
    const exit = once(other, 'exit');
    other.kill('SIGKILL');
    await exit;
    expect(await processIdentity(other.pid ?? 0)).toBe(null);
  });
});
