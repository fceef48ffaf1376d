import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { withCommonProblems } from './problem-answers.js';
import { servePages } from './docs-pages.js';

/**
 * OpenAPI 3.1 of every route at /docs/openapi.json, and Swagger UI at /docs from files of ours (interfaces 3); each of the
 * `further` documents at /docs/<name>.json.
 */
export function serveApiDocs(
  app: NestFastifyApplication,
  version: string,
  further: Readonly<Record<string, object>> = {},
): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Orderkeel')
    .setDescription('Order intents in, orders and their timelines out.')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .build();
  const document = withCommonProblems(cleanupOpenApiDoc(SwaggerModule.createDocument(app, head)));
  servePages(app.getHttpAdapter().getInstance(), { ...further, openapi: document });
  return document;
}
