import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { SystemClock } from '@orderkeel/platform';
import { isZodDto } from 'nestjs-zod/dto';
import { ModulesContainer } from '@nestjs/core';
import { pino } from 'pino';
import { migratedDatabase, type MigratedDatabase } from '../../../test/support/migrated-database.js';
import { testConfiguration } from '../../../test/support/application.js';
import { createHttpApp, type HttpApp } from '../../../libs/platform/src/http/edge/http-app.js';
import { undocumentedRoutes } from '../../../libs/platform/src/http/openapi/undocumented-routes.js';
import { AppModule } from './app.module.js';
import { builtDeclarations } from './built-modules.js';

describe('the OpenAPI document of the whole program', () => {
  let db: MigratedDatabase;
  let http: HttpApp;
  beforeAll(async () => {
    db = await migratedDatabase();
    const enabled = new Set(builtDeclarations.map(({ name }) => name));
    const parts = {
      clock: new SystemClock(),
      database: db.database,
      roles: db.roles,
      file: testConfiguration(),
      modules: null,
      enabled,
    };
    const settings = { logger: pino({ level: 'silent' }), nestLogger: false as const, version: '0.0.0' };
    http = await createHttpApp(AppModule.of(parts), settings);
  });
  afterAll(async () => {
    await http.app.close();
    await db.drop();
  });

  it('leaves out no route', () => {
    expect(undocumentedRoutes(http.routes, http.document)).toEqual([]);
  });

  it('is OpenAPI 3.1', async () => {
    expect(http.document.openapi).toMatch(/^3\.1\./);
    const { valid, errors } = await new Validator().validate(
      structuredClone(http.document) as object as Record<string, unknown>,
    );
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('has no two schemas of one name, of which only one would be shown', () => {
    const seen = new Map<string, unknown>();
    const clashes: string[] = [];
    for (const module of http.app.get(ModulesContainer).values()) {
      for (const { metatype } of module.controllers.values()) {
        for (const dto of dtosOf(metatype as { prototype: object })) {
          if (seen.has(dto.name) && seen.get(dto.name) !== dto.schema) clashes.push(dto.name);
          seen.set(dto.name, dto.schema);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(40);
    expect(clashes).toEqual([]);
  });
});

/** The body, query, path and answer classes that a controller's routes name. */
function dtosOf({ prototype }: { prototype: object }): { name: string; schema: unknown }[] {
  const methods = Object.getOwnPropertyNames(prototype).map((name) => Reflect.get(prototype, name) as object);
  const answers = methods.flatMap((method) =>
    Object.values((Reflect.getMetadata('swagger/apiResponse', method) ?? {}) as Record<string, { type?: unknown }>).map(
      ({ type }) => type,
    ),
  );
  const parameters = Object.getOwnPropertyNames(prototype).flatMap(
    (name) => (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[],
  );
  return [...answers, ...parameters].filter((type) => isZodDto(type));
}
