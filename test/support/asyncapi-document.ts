import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** An AsyncAPI document, as far as tests look into it. */
export interface AsyncApi {
  readonly asyncapi: string;
  readonly info: { readonly description: string };
  readonly servers?: Readonly<Record<string, { readonly host: string; readonly protocol: string }>>;
  readonly channels: Readonly<Record<string, Channel>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>;
    readonly schemas: Readonly<Record<string, { readonly schemaFormat: string; readonly schema: object }>>;
  };
}

interface Channel {
  readonly address: string;
  readonly messages: Readonly<Record<string, { readonly $ref: string }>>;
  readonly bindings: { readonly kafka: { readonly partitions: number; readonly topicConfiguration: object } };
}

interface Message {
  readonly payload: { readonly $ref: string };
  readonly bindings: { readonly kafka: { readonly key: object } };
  readonly examples: readonly { readonly payload: object }[];
}

const require = createRequire(import.meta.url);
const published = require('@asyncapi/specs/schemas/3.1.0.json') as object;
// It brings the schema of schemas along.
const specification = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
addFormats.default(specification);
const isAsyncApi = specification.compile(published);

/** What AsyncAPI's own schema of release 3.1 has against a document; empty when it is valid. */
export function faultsIn(document: object): string[] {
  isAsyncApi(document);
  return (isAsyncApi.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Says of a record's key and value, both JSON, what its topic's schemas have against them; empty when they fit. */
export type RecordCheck = (key: unknown, value: unknown) => string[];

/** The checks of all topics, by name, as a consumer makes them that has nothing but the document. */
export function recordChecks(document: AsyncApi): ReadonlyMap<string, RecordCheck> {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // All that schemas refer to stands there; the rest of a document is no schema.
  ajv.addSchema({ components: document.components }, 'asyncapi');
  const at = (ref: string) => ajv.compile({ $ref: `asyncapi${ref}` });
  return new Map(
    Object.values(document.channels).map(({ address, messages }) => {
      const ref = messages['change']!.$ref;
      const { payload, bindings } = document.components.messages[ref.split('/').at(-1)!]!;
      const [key, value] = [ajv.compile(bindings.kafka.key), at(`${payload.$ref}/schema`)];
      return [address, (k: unknown, v: unknown) => [...faults('key', key, k), ...faults('value', value, v)]];
    }),
  );
}

function faults(what: string, validate: ValidateFunction, content: unknown): string[] {
  validate(content);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
}
