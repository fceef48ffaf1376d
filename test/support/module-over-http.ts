import { Global, Module, type ValueProvider } from '@nestjs/common';
import { CLOCK, Database, SystemClock, type Clock, type OrderkeelModuleClass } from '@orderkeel/platform';
import { pino } from 'pino';
import { createHttpApp } from '../../libs/platform/src/http/edge/http-app.js';
import { HttpEdgeModule } from '../../libs/platform/src/http/http-edge.module.js';

/** An answer, its JSON read. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Modules served over HTTP on a free port, without the rest of the program. */
export interface ModuleOverHttp {
  readonly url: string;
  /** Sends JSON when a body is given. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Boots modules alone: their routes on the real edge, a real database, what else they ask for, and nothing else. */
export async function moduleOverHttp(
  modules: readonly OrderkeelModuleClass[],
  database: Database,
  clock: Clock = new SystemClock(),
  provided: readonly ValueProvider[] = [],
): Promise<ModuleOverHttp> {
  @Global()
  @Module({
    providers: [
      { provide: Database, useFactory: () => database },
      { provide: CLOCK, useFactory: () => clock },
      ...provided,
    ],
    exports: [Database, CLOCK, ...provided.map(({ provide }) => provide)],
  })
  class SurroundingsModule {}
  const edge = HttpEdgeModule.forRoot({ useFactory: () => Buffer.alloc(32, 1) });
  @Module({ imports: [SurroundingsModule, edge, ...modules] })
  class RootModule {}
  const settings = { logger: pino({ level: 'silent' }), nestLogger: false, version: '0.0.0' } as const;
  const { app } = await createHttpApp(RootModule, settings);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    call: (method, path, body, headers) => call(`${url}${path}`, method, body, headers),
    close: () => app.close(),
  };
}

async function call(url: string, method: string, body: unknown, headers = {}): Promise<HttpAnswer> {
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
  const answer = await fetch(url, { method, headers, ...(body !== undefined && json) });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
}
