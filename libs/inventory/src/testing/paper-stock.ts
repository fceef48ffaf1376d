import type { NewStatus } from '@orderkeel/order/contract';
import type { Fold, Found, Need } from '../stock-book/fold.js';
import type { LedgerEntry, Plan } from '../stock-book/plan.js';
import { backordered, byAcceptance, type OrderRecord, type Reservation } from '../stock-book/reservation.js';
import { available, type Shelf } from '../stock-book/shelf.js';
import { StockBook } from '../stock-book/stock-book.js';

/** Inventory's tables on paper: keeps what decisions plan, and answers what they ask, in small pieces. */
export class PaperStock {
  readonly shelves = new Map<string, Shelf>();
  readonly orders = new Map<string, OrderRecord>();
  readonly entries: LedgerEntry[] = [];
  readonly statuses: NewStatus[] = [];

  /** @param piece how many reservations are found at once */
  constructor(private readonly piece = 2) {}

  shelve(sku: string, onHand: bigint, location = 'main'): void {
    const stockId = `${sku}@${location}`;
    this.shelves.set(stockId, {
      stockId,
      tenantId: null,
      sku,
      location,
      onHand,
      reserved: 0n,
      sequence: 0,
      movedAt: '',
    });
  }

  get lines(): Reservation[] {
    return [...this.orders.values()].flatMap((order) => order.lines);
  }

  /** A book as the database would give it for these orders: copies, which only a plan carries back. */
  open(orderIds: readonly string[] = []): StockBook {
    const book = new StockBook([...this.shelves.values()].map((shelf) => ({ ...shelf })));
    for (const orderId of new Set(orderIds)) {
      const order = this.orders.get(orderId);
      if (order)
        this.bring(
          book,
          order,
          () => true,
          (copy) => book.addOrder(copy),
        );
    }
    return book;
  }

  carryOut<Result>(book: StockBook, decision: Fold<Result>): Result {
    let step = decision.next({ reservations: [], isAll: true });
    while (!step.done) {
      this.write(book.takePlan());
      book.forgetBackorders();
      step = decision.next(this.find(book, step.value));
    }
    this.write(book.takePlan());
    return step.value;
  }

  private write({ moves, entries, opened, changed, orders, statuses }: Plan): void {
    for (const { shelf } of moves) this.shelves.set(shelf.stockId, { ...shelf });
    for (const order of orders) {
      const { revision, outcome } = order;
      this.orders.set(
        order.orderId,
        Object.assign(this.orders.get(order.orderId) ?? { ...order, lines: [] }, { revision, outcome }),
      );
    }
    for (const reservation of [...opened, ...changed]) this.keep(reservation);
    this.entries.push(...entries);
    this.statuses.push(...statuses);
  }

  private keep(reservation: Reservation): void {
    const { orderId } = reservation.order;
    const order = this.orders.get(orderId) ?? { ...reservation.order, revision: 0, outcome: undefined, lines: [] };
    this.orders.set(orderId, order);
    const at = order.lines.findIndex(({ orderLineId }) => orderLineId === reservation.orderLineId);
    order.lines.splice(at < 0 ? order.lines.length : at, at < 0 ? 0 : 1, { ...reservation, order });
  }

  /** Teaches the book who waits where something may be freed, as far as one piece goes. */
  readAhead(book: StockBook, mayBeFreed: ReadonlyMap<Shelf, bigint>): void {
    for (const [shelf, most] of mayBeFreed) book.backordersOn(shelf).learn(this.waiting(book, shelf, most));
  }

  private find(book: StockBook, need: Need): Found {
    if (need.kind === 'backorders') return this.waiting(book, need.shelf, available(need.shelf));
    const holding = this.linesOn(need.shelf).filter(({ reserved }) => reserved > 0n);
    return this.piecesOf(book, holding.reverse(), need.quantity, ({ reserved }) => reserved);
  }

  private waiting(book: StockBook, shelf: Shelf, enough: bigint): Found {
    const waiting = this.linesOn(shelf).filter((line) => backordered(line) > 0n);
    return this.piecesOf(book, waiting, enough, backordered);
  }

  private linesOn({ stockId }: Shelf): Reservation[] {
    return this.lines.filter((line) => line.stockId === stockId).sort(byAcceptance);
  }

  private piecesOf(
    book: StockBook,
    lines: readonly Reservation[],
    enough: bigint,
    amountOf: (line: Reservation) => bigint,
  ): Found {
    const found: Reservation[] = [];
    let sum = 0n;
    for (const line of lines.slice(0, this.piece)) {
      if (sum >= enough) break;
      sum += amountOf(line);
      found.push(this.invite(book, line));
    }
    return { reservations: found, isAll: found.length === lines.length };
  }

  private invite(book: StockBook, line: Reservation): Reservation {
    const isAsked = (other: Reservation) => backordered(other) > 0n || other.orderLineId === line.orderLineId;
    if (!book.orders.has(line.order.orderId)) this.bring(book, line.order, isAsked, (copy) => book.addVisitor(copy));
    const known = book.reservationOf(line.orderLineId);
    if (known) return known;
    const copy = { ...line, order: book.orders.get(line.order.orderId)! };
    book.addReservation(copy);
    return copy;
  }

  private bring(
    book: StockBook,
    order: OrderRecord,
    which: (line: Reservation) => boolean,
    add: (copy: OrderRecord) => void,
  ): void {
    const copy = { ...order, lines: [] };
    add(copy);
    // A table gives lines in no order that means something.
    for (const line of order.lines.filter(which).reverse()) book.addReservation({ ...line, order: copy });
  }
}
