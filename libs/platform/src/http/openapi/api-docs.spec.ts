import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startSampleApp } from '../testing/sample-app.js';
import { undocumentedRoutes } from './undocumented-routes.js';

let http: Awaited<ReturnType<typeof startSampleApp>>;
beforeAll(async () => {
  http = await startSampleApp();
});
afterAll(() => http.app.close());

type Document = {
  openapi: string;
  components: { schemas: Record<string, unknown> };
  paths: Record<string, Record<string, { parameters?: object[]; responses: Record<string, { content?: object }> }>>;
};

async function document(): Promise<Document> {
  return (await (await fetch(`${http.url}/docs/openapi.json`)).json()) as Document;
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const found = await document();
    expect(found.openapi).toBe('3.1.0');
    expect(await new Validator().validate(found)).toEqual({ valid: true });
  });

  it('knows every route, and a test would tell if it did not', async () => {
    expect(undocumentedRoutes(http.routes, await document())).toEqual([]);
    http.routes.routes.push({ method: 'POST', url: '/intents/:id/extra' });
    expect(undocumentedRoutes(http.routes, await document())).toEqual(['POST /intents/{id}/extra']);
    http.routes.routes.pop();
  });

  it('shows bodies, parameters and answers as their schemas have them', async () => {
    const { paths } = await document();
    expect(paths['/intents']).toMatchObject({
      get: {
        parameters: [
          {
            name: 'limit',
            in: 'query',
            required: false,
            schema: { type: 'integer', minimum: 1, maximum: 200 },
          },
          { name: 'cursor', in: 'query', required: false },
          { name: 'sku', in: 'query', required: false, schema: { type: 'string', maxLength: 10 } },
        ],
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/IntentIn' } } } },
        responses: {
          202: { content: { 'application/json': { schema: { $ref: '#/components/schemas/IntentOut_Output' } } } },
        },
      },
    });
    expect(paths['/intents/{id}']?.['get']?.parameters).toMatchObject([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    ]);
  });

  it('tells a text that may be null from a list of texts', async () => {
    const { components } = await document();
    expect(components.schemas['IntentList_Output']).toEqual({
      type: 'object',
      properties: {
        items: { type: 'array', items: expect.objectContaining({ properties: { sku: { type: 'string' } } }) },
        nextCursor: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
      required: ['items', 'nextCursor'],
      additionalProperties: false,
    });
  });

  it('names the problems that each route may answer', async () => {
    const { paths } = await document();
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
    expect(paths['/intents']?.['post']?.responses).toMatchObject({
      400: { description: '`invalid-request`, `malformed-json`', content: problem },
      409: { description: '`intent-already-accepted`', content: problem },
      413: { content: problem },
      415: { content: problem },
      500: { content: problem },
      503: { content: problem },
    });
    expect(Object.keys(paths['/health/live']?.['get']?.responses ?? {})).toEqual(['200', '500', '503']);
  });
});

describe('the documentation pages', () => {
  it.each([
    ['/docs', 'text/html; charset=utf-8'],
    ['/docs/start.js', 'text/javascript; charset=utf-8'],
    ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['/docs/favicon-32x32.png', 'image/png'],
  ])('serve %s', async (path, type) => {
    const answer = await fetch(`${http.url}${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(50);
  });

  it('fetch nothing from elsewhere and serve nothing else', async () => {
    const page = await (await fetch(`${http.url}/docs`)).text();
    expect([...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\/docs\//)]),
    );
    expect(page).not.toMatch(/https?:/);
    for (const path of ['/docs/package.json', '/docs/..%2fpackage.json', '/docs/swagger-ui.css.map'])
      expect((await fetch(`${http.url}${path}`)).status).toBe(404);
  });
});
