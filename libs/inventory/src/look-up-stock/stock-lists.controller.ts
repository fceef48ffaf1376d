import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, type Caller, Database, Pages, RequestCaller } from '@orderkeel/platform';
import { StockListStore } from './stock-lists.store.js';
import {
  LedgerList,
  LedgerQuery,
  RemainingStockList,
  RemainingStockQuery,
  ReservationList,
  ReservationQuery,
} from './stock.schema.js';

/** What is there, what is reserved, and how it came to be (interfaces 3). */
@ApiTags('inventory')
@Controller('inventory')
export class StockListsController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly lists: StockListStore,
  ) {}

  @Get('remaining-stock')
  @Answers(200, RemainingStockList, 'In order of SKU and location')
  async remaining(@Query() query: RemainingStockQuery, @RequestCaller() caller: Caller) {
    const { items, nextCursor } = await this.pages.read(query, {
      route: 'GET /inventory/remaining-stock',
      read: (after, count) => this.database.read(caller, (tx) => this.lists.remaining(tx, query, after, count)),
      positionOf: ({ sku, location, stockId }) => [sku, location, stockId],
    });
    return { items: items.map(({ stockId: _, ...item }) => item), nextCursor };
  }

  @Get('reservations')
  @Answers(200, ReservationList, 'Newest order first')
  reservations(@Query() query: ReservationQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /inventory/reservations',
      read: (after, count) => this.database.read(caller, (tx) => this.lists.reservations(tx, query, after, count)),
      positionOf: ({ id }) => [id],
    });
  }

  @Get('stock-ledger')
  @Answers(200, LedgerList, 'Newest first')
  ledger(@Query() query: LedgerQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /inventory/stock-ledger',
      read: (after, count) => this.database.read(caller, (tx) => this.lists.ledger(tx, query, after, count)),
      positionOf: ({ id }) => [id],
    });
  }
}
