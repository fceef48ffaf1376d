import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelAnswer, ModelRequest } from './model-answer.js';
import { ModelInventory } from './model-inventory.js';
import { ModelOrders } from './model-orders.js';
import { ModelReferences } from './model-references.js';

/**
 * An Orderkeel for specs of the import: the routes that it uses, as interfaces 3 and 4 have them, over real HTTP, with
 * its tables in memory. It is no mock: it keeps what it is sent, so that end states can be compared.
 */
export class ModelServer {
  readonly references = new ModelReferences();
  readonly orders = new ModelOrders();
  readonly inventory = new ModelInventory();
  requests = 0;
  /** After so many requests the server stops answering with anything but an error; the last one is still carried out. */
  diesAfter = Infinity;
  private server: Server | undefined;

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** Everything that an import leaves behind, in an order that does not depend on how it came there. */
  state(): object {
    return { ...this.references.state(), ...this.orders.state(), ...this.inventory.state() };
  }

  private async answer(incoming: IncomingMessage): Promise<ModelAnswer> {
    const url = new URL(incoming.url ?? '/', 'http://model');
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    this.requests += 1;
    if (this.requests > this.diesAfter) return dead;
    const request = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    const answer = this.route(request);
    return this.requests === this.diesAfter ? dead : answer;
  }

  private route(request: ModelRequest): ModelAnswer {
    if (request.path === '/ops/consumers') return { status: 200, body: { items: [this.orders.ingestor()] } };
    const parts = [this.references, this.orders, this.inventory];
    for (const part of parts) {
      const answer = part.answer(request);
      if (answer) return answer;
    }
    return { status: 404, body: { type: 'urn:orderkeel:problem:not-found', detail: request.path } };
  }
}

const dead: ModelAnswer = { status: 500, body: { detail: 'the model server is dead' } };
