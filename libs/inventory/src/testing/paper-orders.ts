import type { EffectiveOrder } from '@orderkeel/order/contract';
import { mayBeFreed } from '../reserve-on-order/freed.decide.js';
import { decideReservations } from '../reserve-on-order/reserve.decide.js';
import type { PaperStock } from './paper-stock.js';

/** Orders on paper, in order of acceptance, and inventory's reaction to them. */
export class PaperOrders {
  private readonly orders: EffectiveOrder[] = [];

  constructor(
    private readonly stock: PaperStock,
    private readonly locations: readonly string[] = ['main'],
  ) {}

  /** Places an order; gives its number. */
  place(lines: readonly (readonly [sku: string, quantity: string])[]): number {
    const number = this.orders.length;
    const orderId = `order-${String(number).padStart(4, '0')}`;
    this.orders.push({
      orderId,
      tenantId: null,
      revision: 1,
      cancelled: false,
      causeId: orderId,
      createdAt: String(number).padStart(8, '0'),
      lines: lines.map(([sku, quantity], index) => ({ orderLineId: `${orderId}/${index}`, sku, quantity })),
    });
    return number;
  }

  cancel(number: number): void {
    this.revise(number, (order) => ({
      cancelled: true,
      lines: order.lines.map((line) => ({ ...line, quantity: '0' })),
    }));
  }

  setQuantity(number: number, line: number, quantity: string): void {
    this.revise(number, ({ lines }) => ({
      lines: lines.map((each, index) => (index === line ? { ...each, quantity } : each)),
    }));
  }

  note(number: number): void {
    this.revise(number, () => ({}));
  }

  at(number: number): EffectiveOrder {
    return this.orders[number]!;
  }

  /** One batch that says that these orders changed. */
  react(...numbers: readonly number[]): void {
    this.reactTo([...new Set(numbers)].map((number) => this.at(number)));
  }

  /** Orders as somebody read them, who may have been slow. */
  reactTo(orders: readonly EffectiveOrder[]): void {
    const book = this.stock.open(orders.map(({ orderId }) => orderId));
    this.stock.readAhead(book, mayBeFreed(orders, book));
    const places = (_: EffectiveOrder, sku: string) =>
      this.locations.flatMap((location) => book.shelfAt(null, { sku, location }) ?? []);
    this.stock.carryOut(book, decideReservations(orders, book, places));
  }

  /** Status codes of an order, without the namespace, in order. */
  timeline(number: number): string[] {
    const own = this.stock.statuses.filter(({ orderId }) => orderId === this.at(number).orderId);
    return own.map(({ statusCode }) => statusCode.replace('inventory:reservation_', ''));
  }

  /** `wanted-waiting` of the order's reservations, in order of the lines. */
  reservations(number: number): string[] {
    const lines = this.stock.orders.get(this.at(number).orderId)?.lines ?? [];
    return lines.map(({ quantity, reserved }) => `${quantity / UNIT}-${(quantity - reserved) / UNIT}`);
  }

  private revise(number: number, change: (order: EffectiveOrder) => Partial<EffectiveOrder>): void {
    const order = this.at(number);
    if (order.cancelled) return;
    const revision = order.revision + 1;
    this.orders[number] = { ...order, ...change(order), revision, causeId: `${order.orderId}#${revision}` };
  }
}

const UNIT = 1_000_000n;
