import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Database, pageQuery, Pages, RequestCaller, textIn, type Caller } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { EntryList } from '../read-timeline/entry.schema.js';
import { positionOfEntry, readBlocking, readLatest } from './board.store.js';

/** Query of the board of latest entries. */
export class LatestQuery extends createZodDto(
  z.strictObject({ ...pageQuery, module: textIn(200).optional(), statusCode: textIn(200).optional() }),
) {}
/** Query of the board of blocking entries. */
export class BlockingQuery extends createZodDto(z.strictObject(pageQuery)) {}

/** Where the orders stand, over all of them; derived from the history and nothing else (order S1.34, S1.45, S1.46). */
@ApiTags('status board')
@Controller('status-board')
export class StatusBoardController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get('latest')
  @Answers(200, EntryList, 'The newest entry per order and module, newest first')
  latest(@Query() query: LatestQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /status-board/latest',
      read: (after, count) => this.database.read(caller, (tx) => readLatest(tx, query, after, count)),
      positionOf: positionOfEntry,
    });
  }

  @Get('blocking')
  @Answers(200, EntryList, 'Blocking entries that are not closed, newest first')
  blocking(@Query() query: BlockingQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /status-board/blocking',
      read: (after, count) => this.database.read(caller, (tx) => readBlocking(tx, after, count)),
      positionOf: positionOfEntry,
    });
  }
}
