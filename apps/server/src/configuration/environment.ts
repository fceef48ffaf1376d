import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.js';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);
const port = z.coerce.number('must be a port, 0 to 65535').int().min(0).max(65535);
const broker = z.string().regex(/^[^\s:]+:\d+$/, 'must be host:port, or several with commas between');
/** Words as Kafka writes them, whatever case they come in. */
const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(words, `must be one of ${words.join(', ')}`));
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://');

/** The variables of interfaces 6. */
const environmentSchema = z.object({
  ORDERKEEL_MODULES: list.optional(),
  ORDERKEEL_RUN: list.optional(),
  ORDERKEEL_CONFIG: z.string().min(1).optional(),
  ORDERKEEL_DATA_DIR: z.string().min(1).optional(),
  ORDERKEEL_HOST: z.string().min(1).default('127.0.0.1'),
  ORDERKEEL_PORT: port.default(3000),
  ORDERKEEL_DATABASE_URL: postgresUrl.optional(),
  ORDERKEEL_ADMIN_DATABASE_URL: postgresUrl.optional(),
  ORDERKEEL_REPLICATION_DATABASE_URL: postgresUrl.optional(),
  ORDERKEEL_NAMESPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/, 'must be lower case letters, digits and underscores, at most 31')
    .default('orderkeel'),
  ORDERKEEL_CHANGES: z.enum(['embedded', 'kafka']).default('embedded'),
  ORDERKEEL_CONNECTOR: z.string().min(1).optional(),
  ORDERKEEL_KAFKA_BROKERS: list.pipe(z.array(broker).min(1, 'must name a broker')).optional(),
  ORDERKEEL_KAFKA_SECURITY_PROTOCOL: oneOf('PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL').default('PLAINTEXT'),
  ORDERKEEL_KAFKA_SASL_MECHANISM: oneOf('PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512').optional(),
  ORDERKEEL_KAFKA_SASL_USERNAME: z.string().optional(),
  ORDERKEEL_KAFKA_SASL_PASSWORD: z.string().optional(),
  ORDERKEEL_KAFKA_SSL_CA_FILE: z.string().optional(),
  ORDERKEEL_KAFKA_SSL_CERTIFICATE_FILE: z.string().optional(),
  ORDERKEEL_KAFKA_SSL_KEY_FILE: z.string().optional(),
  ORDERKEEL_KAFKA_SSL_KEY_PASSWORD: z.string().optional(),
  ORDERKEEL_CONNECT_URL: z.string().optional(),
  ORDERKEEL_AUTH: z.enum(['off', 'required']).optional(),
  ORDERKEEL_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The environment as this program understands it. */
export type Environment = z.output<typeof environmentSchema>;

/** Passwords, and URLs with one, may be given as files instead: `ORDERKEEL_DATABASE_URL_FILE` and so on. */
const FILE_VARIABLES = [
  'ORDERKEEL_DATABASE_URL',
  'ORDERKEEL_ADMIN_DATABASE_URL',
  'ORDERKEEL_REPLICATION_DATABASE_URL',
  'ORDERKEEL_KAFKA_SASL_PASSWORD',
  'ORDERKEEL_KAFKA_SSL_KEY_PASSWORD',
];

/** Reads the variables; throws ConfigurationError naming the variable that cannot be used. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith('ORDERKEEL_') && value !== undefined && value !== '') given[name] = value;
  }
  for (const name of FILE_VARIABLES) {
    const file = given[`${name}_FILE`];
    if (file !== undefined && given[name] === undefined) given[name] = contentOf(`${name}_FILE`, file);
  }
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ConfigurationError(`${String(issue?.path[0])} cannot be used: ${issue?.message}`);
}

/** Variables that look like ours and mean nothing: probably misspelt. */
export function unknownVariables(variables: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set([...Object.keys(environmentSchema.shape), ...FILE_VARIABLES.map((name) => `${name}_FILE`)]);
  return Object.keys(variables).filter((name) => name.startsWith('ORDERKEEL_') && !known.has(name));
}

/** The text of a file that a variable names, without white space around it. Throws ConfigurationError. */
export function contentOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigurationError(`${variable} names ${file}, which cannot be read: ${(error as Error).message}`);
  }
}
