import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listOf, pageQuery } from '../http/lists/list.schema.js';
import { instantOut, textIn } from '../http/schema/values.js';
import { CONSUMER_STATES } from '../reaction/consumer.store.js';

const consumer = z.object({
  executor: z.string(),
  module: z.string(),
  state: z.enum(CONSUMER_STATES),
  lagSeconds: z.number().nullable(),
  lagEvents: z
    .int()
    .nullable()
    .meta({ description: '0: everything committed before the request is applied; null: not known' }),
  parkedKeys: z.int(),
  secondsSinceProgress: z.number().nullable(),
  reason: z.string().nullable(),
  snapshotKeysLeft: z.int().nullable(),
});

const installedModule = z.object({
  module: z.string(),
  enabled: z.boolean(),
  executors: z.array(z.object({ executor: z.string(), enabled: z.boolean(), state: z.enum(CONSUMER_STATES) })),
});

const parkedKey = z.object({
  executor: z.string(),
  key: z.string(),
  module: z.string(),
  reason: z.string(),
  errorClass: z.string(),
  attempts: z.int(),
  nextRetryAt: instantOut.nullable(),
  parkedAt: instantOut,
  events: z.int(),
});

/** All modules. */
export class ModuleList extends createZodDto(listOf(installedModule)) {}
/** The path of one module. */
export class ModulePath extends createZodDto(z.strictObject({ module: textIn(200) })) {}
/** What switching a module answers. */
export class ModuleSwitched extends createZodDto(z.object({ module: z.string(), enabled: z.boolean() })) {}
/** All executors. */
export class ConsumerList extends createZodDto(listOf(consumer)) {}
/** The query of a list that is one page whatever the limit: as long as the modules and executors that were built. */
export class OnePageQuery extends createZodDto(z.strictObject(pageQuery)) {}
/** The path of one executor. */
export class ExecutorPath extends createZodDto(z.strictObject({ executor: textIn(200) })) {}
/** What pausing and resuming answers. */
export class ConsumerStateOut extends createZodDto(
  z.object({ executor: z.string(), state: z.enum(CONSUMER_STATES) }),
) {}
/** The query of a page of parked keys. */
export class ParkedQuery extends createZodDto(z.strictObject(pageQuery)) {}
/** A page of parked keys. */
export class ParkedList extends createZodDto(listOf(parkedKey)) {}
/** The path of one parked key. */
export class ParkedPath extends createZodDto(z.strictObject({ executor: textIn(200), key: textIn(500) })) {}
/** One parked key with its envelopes. */
export class ParkedOut extends createZodDto(parkedKey.extend({ envelopes: z.array(z.unknown()) })) {}
/** Why a parked key is skipped. */
export class SkipIn extends createZodDto(z.strictObject({ reason: textIn(1000), actor: textIn(200).optional() })) {}
/** What retry and skip answer. */
export class ParkedDone extends createZodDto(
  z.object({ executor: z.string(), key: z.string(), events: z.int().optional() }),
) {}
