import { existsSync, readFileSync } from 'node:fs';
import { sourcePolicies } from '@orderkeel/order';
import type { OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { executorOf } from '@orderkeel/platform';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';
import { releasePolicy } from './release-policy.js';

const LANES = 'must be a whole number from 1 to 64';

/** What the file may say of one executor. */
const executorSettings = z.strictObject({
  enabled: z.boolean().default(true),
  /** Keys are hashed to so many lanes, which work side by side. */
  lanes: z.int(LANES).min(1, LANES).max(64, LANES).default(1),
});

/** What the file says of one module. */
export interface ModuleSettings {
  readonly enabled?: boolean | undefined;
  readonly executors: Readonly<Record<string, z.output<typeof executorSettings>>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The configuration file, checked, with defaults. */
export interface ConfigurationFile {
  readonly modules: Readonly<Record<string, ModuleSettings>>;
  readonly sources: z.output<typeof sourcePolicies>;
  readonly releasePolicies: readonly z.output<typeof releasePolicy>[];
}

/**
 * Reads `orderkeel.config.json` (interfaces 6). A missing default file is an empty one; a key that nobody knows stops the
 * start with its name.
 */
export function readConfigurationFile(
  path: string,
  explicit: boolean,
  declarations: readonly OrderkeelModuleDeclaration[],
): ConfigurationFile {
  if (!explicit && !existsSync(path)) return parse(path, {}, declarations);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`ORDERKEEL_CONFIG names ${path}, which cannot be read: ${(error as Error).message}`);
  }
  try {
    return parse(path, JSON.parse(text), declarations);
  } catch (error) {
    if (error instanceof SyntaxError) throw new ConfigurationError(`${path} is not JSON: ${error.message}`);
    throw error;
  }
}

function parse(path: string, content: unknown, declarations: readonly OrderkeelModuleDeclaration[]): ConfigurationFile {
  const result = fileSchema(declarations).safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  const named = issue?.code === 'unrecognized_keys' ? [where, issue.keys[0]].filter(Boolean).join('.') : where;
  const why = issue?.code === 'unrecognized_keys' ? 'is not a key that Orderkeel knows' : issue?.message;
  throw new ConfigurationError(`${path}: ${named || 'the file'} ${why}`);
}

function fileSchema(declarations: readonly OrderkeelModuleDeclaration[]) {
  const modules = declarations.map((declaration) => [declaration.name, moduleSchema(declaration)] as const);
  return z.strictObject({
    modules: z.strictObject(Object.fromEntries(modules)).prefault({}),
    sources: sourcePolicies,
    releasePolicies: z.array(releasePolicy).default([]),
  });
}

function moduleSchema({ optional, executors, settings }: OrderkeelModuleDeclaration) {
  const names = executors.map((executor) => executorOf(executor).name);
  const enabled = optional ? z.boolean() : z.literal(true, 'cannot be false: this module is part of the core');
  return z
    .strictObject({
      enabled: enabled.optional(),
      executors: z
        .strictObject(Object.fromEntries(names.map((name) => [name, executorSettings.prefault({})])))
        .prefault({}),
      settings: (settings ?? z.strictObject({})).prefault({}),
    })
    .prefault({});
}
