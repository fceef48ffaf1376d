import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to PostgreSQL that loses the answer to some commits: the transaction is in, and nobody was told. */
export interface CuttingProxy {
  /** The given URL, by this way. */
  readonly url: string;
  /** Answers to commits that were lost so far. */
  readonly cuts: number;
  /** From now on every n-th commit's answer is lost; 0: none. */
  cutEvery(nth: number): void;
  close(): Promise<void>;
}

/** Opens it on a free port. */
export async function cuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let every = 0;
  let commits = 0;
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let silent = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk) => {
      if (every > 0 && chunk.includes('COMMIT\0')) {
        commits += 1;
        silent = commits % every === 0;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      // What stands before the commit may be answered earlier; only the commit's own answer says that it is in.
      if (!silent || !chunk.includes('COMMIT\0')) return void client.write(chunk);
      cuts += 1;
      client.destroy();
    });
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get cuts() {
      return cuts;
    },
    cutEvery: (nth) => (every = nth),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
