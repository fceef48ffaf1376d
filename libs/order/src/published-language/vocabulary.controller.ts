import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  Database,
  Pages,
  RequestCaller,
  type Caller,
  type ModuleTx,
  type Position,
} from '@orderkeel/platform';
import { VocabularyQuery, WordList, type WordAnswer } from './word.schema.js';

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
