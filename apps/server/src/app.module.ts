import { randomBytes } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { Database, declarationOf, HttpEdgeModule, OpsModule } from '@orderkeel/platform';
import { builtModules } from './built-modules.js';
import { InstallationModule, type InstallationParts } from './installation.module.js';

/** The program: the installation, the edge, and the modules that are switched on here. */
@Module({})
export class AppModule {
  static of(parts: InstallationParts & { enabled: ReadonlySet<string> }): DynamicModule {
    const modules = builtModules.filter((module) => parts.enabled.has(declarationOf(module).name));
    return {
      module: AppModule,
      imports: [
        InstallationModule.of(parts),
        HttpEdgeModule.forRoot({ inject: [Database], useFactory: (database: Database) => cursorSecret(database) }),
        OpsModule,
        ...modules,
      ],
    };
  }
}

/** The secret that signs cursors: made once per installation, the same for all of its processes. */
async function cursorSecret(database: Database): Promise<Buffer> {
  const secret = await database.bookkeeping((tx) =>
    tx.query<{ value: string }>(
      `INSERT INTO platform.installation_fact (name, value) VALUES ('cursor-secret', $1)
       ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING value`,
      [randomBytes(32).toString('hex')],
    ),
  );
  return Buffer.from(secret[0]!.value, 'hex');
}
