import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  Database,
  listOf,
  pageQuery,
  Pages,
  RequestCaller,
  type Caller,
  type ModuleTx,
  type Position,
} from '@orderkeel/platform';
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
type WordAnswer = z.output<typeof wordOut>;

/** A page of words. */
class WordList extends createZodDto(listOf(wordOut)) {}
/** Query of the vocabulary. */
export class VocabularyQuery extends createZodDto(z.strictObject(pageQuery)) {}

/** `GET /vocabulary`: every word that may stand in a timeline (interfaces 3, order S1.59). */
@ApiTags('published language')
@Controller('vocabulary')
export class VocabularyController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  @Answers(200, WordList, 'In order of codes')
  list(@Query() query: VocabularyQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /vocabulary',
      read: (after, count) => this.database.read(caller, (tx) => wordsAfter(tx, after, count)),
      positionOf: ({ code }) => [code],
    });
  }
}

function wordsAfter(tx: ModuleTx, [code = '']: Position = [], count: number): Promise<WordAnswer[]> {
  return tx.query<WordAnswer>(
    `SELECT code, namespace, module, meaning, payload, category, severity
       FROM "order".status_vocabulary WHERE code > $1 ORDER BY code LIMIT $2`,
    [code, count],
  );
}
