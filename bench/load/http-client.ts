import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';

/** As many as a crowd of clients may well have; what is more waits for one of them. */
const MOST_CONNECTIONS = 256;

/** An answer, its body read. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls a server over connections that stay open: what a client costs beside the server is to be little. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, noDelay: true, maxSockets: MOST_CONNECTIONS });

  constructor(readonly url: string) {}

  /** Sends a JSON body and reads the answer's. */
  async post(path: string, body: unknown): Promise<Answer> {
    const sent = request(`${this.url}${path}`, {
      agent: this.agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    sent.end(JSON.stringify(body));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode!, body: await json(answer) };
  }

  /** Sends a JSON body; throws unless the answer has this status. */
  async postExpecting<T>(status: number, path: string, body: unknown): Promise<T> {
    const answer = await this.post(path, body);
    if (answer.status === status) return answer.body as T;
    throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** Asks for a page and lets its body pass unread; throws unless the answer has this status. */
  async getExpecting(status: number, path: string): Promise<void> {
    const sent = request(`${this.url}${path}`, { agent: this.agent }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    if (answer.statusCode !== status)
      throw new Error(`GET ${path} answered ${answer.statusCode}: ${await text(answer)}`);
    answer.resume();
    await once(answer, 'end');
  }

  close(): void {
    this.agent.destroy();
  }
}
