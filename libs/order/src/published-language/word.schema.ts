import { listOf, pageQuery } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { category, severity } from '../read-timeline/entry.schema.js';

const wordOut = z.object({
  code: z.string().meta({ examples: ['manual:note'] }),
  namespace: z.string(),
  module: z.string().meta({ description: 'The module that may write it' }),
  meaning: z.string(),
  payload: z.string().meta({ description: 'What the payload holds, in words' }),
  category: category.nullable().meta({ description: 'Unless the entry says otherwise' }),
  severity: severity.nullable().meta({ description: 'Unless the entry says otherwise' }),
});
/** A word as it is listed. */
export type WordAnswer = z.output<typeof wordOut>;

/** A page of words. */
export class WordList extends createZodDto(listOf(wordOut)) {}
/** Query of the vocabulary. */
export class VocabularyQuery extends createZodDto(z.strictObject(pageQuery)) {}
