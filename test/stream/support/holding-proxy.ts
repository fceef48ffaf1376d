import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to PostgreSQL on which a client's bytes can be held back, as if they were still in the network. */
export interface HoldingProxy {
  /** The given URL, by this way. */
  readonly url: string;
  /** Holds the first client that sends all these texts in this order, from the last one on; resolves when it is held. */
  hold(...texts: readonly string[]): Promise<void>;
  /** Sends on what was held back. */
  letGo(): void;
  close(): Promise<void>;
}

/** Opens it on a free port. */
export async function holdingProxy(target: string): Promise<HoldingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let trap: { readonly texts: readonly string[]; sprung(): void } | null = null;
  let letGo: () => void = () => undefined;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let seen = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk: Buffer) => {
      while (trap && seen < trap.texts.length && chunk.includes(trap.texts[seen]!)) seen += 1;
      if (trap === null || seen < trap.texts.length) return void upstream.write(chunk);
      client.pause();
      letGo = () => {
        upstream.write(chunk);
        client.resume();
      };
      trap.sprung();
    });
    upstream.on('data', (chunk) => client.write(chunk));
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    hold: (...texts) =>
      new Promise((resolve) => {
        const sprung = () => {
          trap = null;
          resolve();
        };
        trap = { texts, sprung };
      }),
    letGo: () => letGo(),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
