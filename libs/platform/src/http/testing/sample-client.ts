import { afterAll, beforeAll } from '@jest/globals';
import { startSampleApp } from './sample-app.js';

/** An answer, its JSON read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly errors?: readonly { pointer?: string; parameter?: string; code: string }[];
    readonly [member: string]: unknown;
  };
}

/** The sample server for all tests of a file, and a way to talk to it. */
export function useSampleApp() {
  let http: Awaited<ReturnType<typeof startSampleApp>>;
  beforeAll(async () => {
    http = await startSampleApp();
  });
  afterAll(() => http.app.close());
  return {
    get url(): string {
      return http.url;
    },
    get logged(): readonly string[] {
      return http.logged;
    },
    /** Sends JSON when there is a body, unless the headers say otherwise. */
    async send(method: string, path: string, body?: string | Buffer, headers: object = {}): Promise<Answer> {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await fetch(`${http.url}${path}`, {
        method,
        headers: { ...type, ...headers },
        ...(body && { body }),
      });
      const text = await answer.text();
      const read: unknown = text.startsWith('{') ? JSON.parse(text) : text;
      return { status: answer.status, headers: answer.headers, body: read as Answer['body'] };
    },
  };
}

/** `status slug` of a problem, then each fault as `place code`. */
export function summary({ status, body }: Answer): string[] {
  const faults = (body.errors ?? []).map(({ pointer, parameter, code }) => `${pointer ?? parameter} ${code}`);
  return [`${status} ${String(body['type']).replace('urn:orderkeel:problem:', '')}`, ...faults];
}
