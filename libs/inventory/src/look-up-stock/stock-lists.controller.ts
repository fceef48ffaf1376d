import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, type Caller, RequestCaller } from '@orderkeel/platform';
import { Pages } from '../api/pages.js';
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
    private readonly pages: Pages,
    private readonly lists: StockListStore,
  ) {}

  @Get('remaining-stock')
  @Answers(200, RemainingStockList, 'In order of SKU and location')
  async remaining(@Query() { limit, cursor, ...filter }: RemainingStockQuery, @RequestCaller() caller: Caller) {
    const page = { limit, cursor };
    const { items, nextCursor } = await this.pages.read(caller, page, {
      route: 'GET /inventory/remaining-stock',
      read: (tx, after, count) => this.lists.remaining(tx, { ...filter, after, count }),
      positionOf: ({ sku, location, stockId }) => [sku, location, stockId],
    });
    return { items: items.map(({ stockId: _, ...item }) => item), nextCursor };
  }

  @Get('reservations')
  @Answers(200, ReservationList, 'Newest order first')
  reservations(@Query() { limit, cursor, ...filter }: ReservationQuery, @RequestCaller() caller: Caller) {
    const page = { limit, cursor };
    return this.pages.read(caller, page, {
      route: 'GET /inventory/reservations',
      read: (tx, after, count) => this.lists.reservations(tx, { ...filter, after, count }),
      positionOf: ({ id }) => [id],
    });
  }

  @Get('stock-ledger')
  @Answers(200, LedgerList, 'Newest first')
  ledger(@Query() { limit, cursor, ...filter }: LedgerQuery, @RequestCaller() caller: Caller) {
    const page = { limit, cursor };
    return this.pages.read(caller, page, {
      route: 'GET /inventory/stock-ledger',
      read: (tx, after, count) => this.lists.ledger(tx, { ...filter, after, count }),
      positionOf: ({ id }) => [id],
    });
  }
}
