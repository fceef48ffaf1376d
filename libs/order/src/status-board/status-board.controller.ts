import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Database, Pages, RequestCaller, SharedReads, type Caller } from '@orderkeel/platform';
import { EntryList } from '../read-timeline/entry.schema.js';
import { BlockingQuery, LatestQuery } from './board.schema.js';
import { positionOfEntry, readBlocking, readLatest } from './board.store.js';

/** Where the orders stand, over all of them; derived from the history and nothing else (order S1.34, S1.45, S1.46). */
@ApiTags('status board')
@Controller('status-board')
export class StatusBoardController {
  private readonly shared = new SharedReads();

  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get('latest')
  @Answers(200, EntryList, 'The newest entry per order and module, newest first')
  latest(@Query() query: LatestQuery, @RequestCaller() caller: Caller) {
    return this.page('GET /status-board/latest', query, caller, (tx, after, count) =>
      readLatest(tx, query, after, count),
    );
  }

  @Get('blocking')
  @Answers(200, EntryList, 'Blocking entries that are not closed, newest first')
  blocking(@Query() query: BlockingQuery, @RequestCaller() caller: Caller) {
    return this.page('GET /status-board/blocking', query, caller, readBlocking);
  }

  /** Boards hang on many walls, all of which ask for the same page. */
  private page(route: string, query: BlockingQuery, caller: Caller, read: typeof readBlocking) {
    return this.shared.read([route, caller.tenantId, query], () =>
      this.pages.read(query, {
        route,
        read: (after, count) => this.database.lookUp(caller, (tx) => read(tx, after, count)),
        positionOf: positionOfEntry,
      }),
    );
  }
}
