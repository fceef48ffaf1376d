import type { MigrationInterface } from 'typeorm';
import type { z } from 'zod';
import type { Contract } from '../contract/contract.js';
import type { StatusWord } from '../contract/vocabulary.js';

/** A TypeORM migration class, named for its intent. */
export type MigrationClass = new () => MigrationInterface;

/**
 * Everything the installation must know of a module, said once. It drives the dependency rules, the database role and
 * its grants, the connector's tables, the status vocabulary and the module map (architecture 2).
 */
export interface ModuleManifest {
  /** Folder name under libs/, e.g. `payment-authorization`. */
  readonly name: string;
  /** One sentence for the module map: why it exists. */
  readonly purpose: string;
  /** The PostgreSQL schema it owns. */
  readonly schema: string;
  /** Optional modules can be switched off; the others are part of the core. */
  readonly optional: boolean;
  /** Modules whose contract entry it imports. */
  readonly dependsOn: readonly string[];
  /** Contracts that its executors hear. */
  readonly consumes: readonly Contract[];
  /** Tables and views of others that it reads, `schema.name`; nothing else is granted. */
  readonly reads: readonly string[];
  /** Tables of its schema that every module with words of its own may append to; the migration's policies say which rows. */
  readonly appendedByAll?: readonly string[];
  /**
   * Tables of its schema that modules which submit may insert into, with the columns that they may change; the
   * migration's policies say which rows.
   */
  readonly writtenBySubmitters?: Readonly<Record<string, readonly string[]>>;
  /** What those policies look into, as whoever appends or submits: columns, by table of its schema. */
  readonly readByWriters?: Readonly<Record<string, readonly string[]>>;
  /** Tables of its schema that are partitioned by month of the id; partitions are made ahead. */
  readonly monthly?: readonly string[];
  /** Contracts that it publishes. */
  readonly publishes: readonly Contract[];
  /** Source systems, e.g. `channel.shopify`, for which it inserts order intents by contract; each is one module's. */
  readonly submits?: readonly string[];
  /** Its words in the status history; the namespaces are the parts before the colon. */
  readonly vocabulary: readonly StatusWord[];
  /** What `modules.<name>.settings` of the configuration may say, with defaults (interfaces 6). */
  readonly settings?: z.ZodObject;
  readonly migrations: readonly MigrationClass[];
  /** Runs after the migrations when any manifest has changed: writes down what the tables must know of the modules. */
  readonly install?: (installation: Installation) => Promise<void>;
}

/** What a manifest's `install` may use: the owner's connection and what is installed. */
export interface Installation {
  readonly manifests: readonly ModuleManifest[];
  roleOf(module: string): string;
  query(sql: string, parameters?: readonly unknown[]): Promise<void>;
}

/** Injection token of a module's validated settings. */
export function settingsToken(module: string): string {
  return `orderkeel:settings:${module}`;
}

/** Injection token of the contracts of all built modules, `readonly Contract[]`. */
export const CONTRACTS = Symbol('Contracts');
