import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readStack, refuseRunningStack } from './stack-file.js';

describe('a data folder on which a stack was started', () => {
  let folder: string;
  let broker: Server;
  const write = (text: string) => writeFile(join(folder, 'stack', 'stack.json'), text);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-stack-file-'));
    await mkdir(join(folder, 'stack'));
    broker = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
    const { port } = broker.address() as AddressInfo;
    await write(JSON.stringify({ brokers: [`127.0.0.1:${port}`], connectUrl: 'http://127.0.0.1:1', slot: 'a' }));
  });
  afterEach(async () => {
    broker.close();
    await rm(folder, { recursive: true });
  });

  it('is refused while any part of it listens, with what to do', async () => {
    await expect(refuseRunningStack(folder)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/ORDERKEEL_CHANGES=kafka.*npm run stack:down/),
    });
  });

  it('is free when nobody listens any more, or the stack was ended', async () => {
    await new Promise((resolve) => broker.close(resolve));
    await refuseRunningStack(folder);
    await rm(join(folder, 'stack'), { recursive: true });
    await refuseRunningStack(folder);
    expect(await readStack(folder)).toBeNull();
  });

  it('is told from one whose file makes no sense', async () => {
    await write('{');
    await expect(readStack(folder)).rejects.toThrow('"npm run stack:up" writes it anew');
  });
});
