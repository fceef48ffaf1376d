import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Database, Pages, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { IntentList, IntentOut, IntentPath, IntentsQuery } from './intent.schema.js';
import { findIntent, findIntents } from './intents.store.js';

/** What was submitted, and what became of it (interfaces 3). */
@ApiTags('order intents')
@Controller('order-intents')
export class IntentsController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  @Answers(200, IntentList, 'Newest first')
  list(@Query() query: IntentsQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /order-intents',
      read: (after, count) => this.database.read(caller, (tx) => findIntents(tx, query, after, count)),
      positionOf: ({ id }) => [id],
    });
  }

  @Get(':id')
  @Answers(200, IntentOut, 'The intent with its state')
  @Refuses('not-found')
  async read(@Param() { id }: IntentPath, @RequestCaller() caller: Caller) {
    const intent = await this.database.lookUp(caller, (tx) => findIntent(tx, id));
    if (!intent) throw Problem.notFound(`order intent ${id}`);
    return intent;
  }
}
