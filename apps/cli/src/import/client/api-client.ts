import { setTimeout as pause } from 'node:timers/promises';
import { ImportFailure } from '../import-failure.js';
import { exchange } from './exchange.js';
import type { ServerProblem } from './problem.js';

/** An answer of the server, whatever its status. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body & ServerProblem;
}

type Method = 'GET' | 'PUT' | 'POST';

interface Patience {
  readonly awayMs: number;
  readonly overloadedMs: number;
}

/** How long a server may be away, or have no room, before the import gives up. */
const PATIENCE: Patience = { awayMs: 120_000, overloadedMs: 900_000 };
const REQUEST_TIMEOUT_MS = 300_000;
const LONGEST_PAUSE_MS = 5_000;
const COME_AGAIN = new Set([429, 502, 503, 504]);

/**
 * Talks JSON to the server. Everything an import sends may be sent again (by key, by idempotency key), so a lost
 * connection and an overloaded server (429, 503, with their Retry-After) are waited out, within bounds.
 */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly log: (sentence: string) => void,
    private readonly patience = PATIENCE,
  ) {}

  /** `body` is JSON text or a value. Ends the import with `unreachable-server` when patience is over. */
  async send<Body>(method: Method, path: string, body?: unknown): Promise<Answer<Body>> {
    const startedAtMs = Date.now();
    for (let attempt = 1; ; attempt++) {
      const tried = await this.tryOnce<Body>(method, path, body);
      if (!('again' in tried)) return tried;
      const pauseMs = tried.pauseMs ?? Math.min(50 * 2 ** attempt, LONGEST_PAUSE_MS);
      const patienceMs = tried.cause ? this.patience.awayMs : this.patience.overloadedMs;
      if (Date.now() + pauseMs > startedAtMs + patienceMs) throw this.gaveUp(tried.again, tried.cause);
      if (attempt === 3) this.log(`${tried.again}; trying again`);
      await pause(pauseMs);
    }
  }

  /** As `send`, for requests that can only succeed: any other status ends the import with `unexpected-answer`. */
  async ask<Body>(method: Method, path: string, body?: unknown): Promise<Body> {
    const answer = await this.send<Body>(method, path, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    const { status } = answer;
    const what = answer.body.detail ?? answer.body.title ?? '';
    throw new ImportFailure('unexpected-answer', `${method} ${path} was answered with ${status}: ${what}`);
  }

  private async tryOnce<Body>(method: Method, path: string, body: unknown): Promise<Answer<Body> | ComeAgain> {
    const url = new URL(path, this.baseUrl);
    try {
      const { status, headers, text } = await exchange({ method, url, body: textOf(body) }, REQUEST_TIMEOUT_MS);
      if (!COME_AGAIN.has(status)) return { status, body: parsed(text) as Answer<Body>['body'] };
      const again = `the server asks to come again later (${status})`;
      return { again, pauseMs: retryAfterMs(headers['retry-after']) };
    } catch (cause) {
      return { again: `no answer from ${this.baseUrl} (${reasonOf(cause)})`, cause };
    }
  }

  private gaveUp(reason: string, cause: unknown): ImportFailure {
    const advice = 'see that it runs, then start the import again: it goes on from where it was';
    return new ImportFailure('unreachable-server', `${reason}; ${advice}`, cause);
  }
}

interface ComeAgain {
  readonly again: string;
  readonly pauseMs?: number | undefined;
  readonly cause?: unknown;
}

function textOf(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

function retryAfterMs(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as { code?: string; message?: string };
  return code ?? message ?? 'unknown reason';
}
