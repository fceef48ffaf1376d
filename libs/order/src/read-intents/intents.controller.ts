import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Cursors, Database, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { readPage } from '../data/page.js';
import { IntentList, IntentOut, IntentPath, IntentsQuery } from './intent.schema.js';
import { findIntent, findIntents } from './intents.store.js';

/** What was submitted, and what became of it (interfaces 3). */
@ApiTags('order intents')
@Controller('order-intents')
export class IntentsController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Answers(200, IntentList, 'Newest first')
  list(@Query() { limit, cursor, ...filters }: IntentsQuery, @RequestCaller() caller: Caller) {
    return readPage(
      this.cursors,
      { limit, cursor },
      {
        route: 'GET /order-intents',
        read: (after, count) => this.database.read(caller, (tx) => findIntents(tx, filters, after, count)),
        positionOf: ({ id }) => [id],
      },
    );
  }

  @Get(':id')
  @Answers(200, IntentOut, 'The intent with its state')
  @Refuses('not-found')
  async read(@Param() { id }: IntentPath, @RequestCaller() caller: Caller) {
    const intent = await this.database.read(caller, (tx) => findIntent(tx, id));
    if (!intent) throw Problem.notFound(`order intent ${id}`);
    return intent;
  }
}
