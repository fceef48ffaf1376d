import type { ReservationOutcome } from '../contract/inventory.vocabulary.js';
import { BackorderQueue } from './backorder-queue.js';
import { outcomeStatus } from './outcome.js';
import type { Cause, MovementNote, Plan } from './plan.js';
import { PlanInProgress } from './plan-in-progress.js';
import type { Quantity } from './quantity.js';
import { backordered, type OrderRecord, type Reservation } from './reservation.js';
import { placeOf, type Shelf } from './shelf.js';

/**
 * Shelves, reservations and orders as they are under lock, and everything that a decision does to them: each decision
 * sees what the earlier ones took (architecture 5). Pure: what changed is taken out with `takePlan` and written elsewhere.
 */
export class StockBook {
  readonly orders = new Map<string, OrderRecord>();
  private readonly shelves = new Map<string, Shelf>();
  private readonly places = new Map<string, Shelf>();
  private readonly reservations = new Map<string, Reservation>();
  private readonly queues = new Map<Shelf, BackorderQueue>();
  /** Orders that were read for the sake of their backorders. */
  private readonly visitors = new Set<string>();
  private readonly plan = new PlanInProgress();

  constructor(shelves: readonly Shelf[]) {
    for (const shelf of shelves) {
      this.shelves.set(shelf.stockId, shelf);
      this.places.set(placeOf(shelf), shelf);
    }
  }

  /** The shelf of a tenant's SKU at a location, when it is in the book. */
  shelfAt(tenantId: string | null, { sku, location }: Pick<Shelf, 'sku' | 'location'>): Shelf | undefined {
    return this.places.get(placeOf({ tenantId, sku, location }));
  }

  addOrder(order: OrderRecord): void {
    this.orders.set(order.orderId, order);
  }

  /** An order that no step speaks of, but that waits for stock or gives it back. */
  addVisitor(order: OrderRecord): void {
    this.addOrder(order);
    this.visitors.add(order.orderId);
  }

  addReservation(reservation: Reservation): void {
    this.reservations.set(reservation.orderLineId, reservation);
    reservation.order.lines.push(reservation);
  }

  /** The shelf of a counter; throws when it is not in the book, so that nothing is decided without its lock. */
  shelf(stockId: string): Shelf {
    const shelf = this.shelves.get(stockId);
    if (!shelf)
      throw Object.assign(new Error(`stock ${stockId} is not locked`), { code: 'stock-not-locked', retriable: false });
    return shelf;
  }

  reservationOf(orderLineId: string): Reservation | undefined {
    return this.reservations.get(orderLineId);
  }

  backordersOn(shelf: Shelf): BackorderQueue {
    const queue = this.queues.get(shelf) ?? new BackorderQueue();
    this.queues.set(shelf, queue);
    return queue;
  }

  /** Puts a receipt or an adjustment on the shelf. */
  change(shelf: Shelf, kind: 'receipt' | 'adjustment', delta: Quantity, cause: Cause, note: MovementNote): void {
    this.plan.move(shelf, { kind, deltaOnHand: delta, cause, note });
  }

  /** Begins a reservation that has nothing yet. */
  open(order: OrderRecord, orderLineId: string, shelf: Shelf, quantity: Quantity): Reservation {
    const { stockId, sku, location, sequence: stockSequence } = shelf;
    const { revision } = order;
    const reservation = { order, orderLineId, stockId, sku, location, quantity, reserved: 0n, revision, stockSequence };
    this.addReservation(reservation);
    this.plan.opened.add(reservation);
    this.wants(reservation, quantity);
    return reservation;
  }

  /** Notes what the line wants; who waits for some of it joins the queue. */
  wants(reservation: Reservation, quantity: Quantity): void {
    const shelf = this.shelf(reservation.stockId);
    reservation.quantity = quantity;
    this.decided(reservation, shelf);
    if (backordered(reservation) > 0n) this.backordersOn(shelf).join(reservation);
  }

  /** Reserves some of what is available on the reservation's shelf. */
  reserve(reservation: Reservation, quantity: Quantity, cause: Cause): void {
    if (quantity > 0n) this.reserved(reservation, 'reserve', quantity, cause);
  }

  /** Makes some of what is reserved available again. */
  release(reservation: Reservation, quantity: Quantity, cause: Cause): void {
    if (quantity > 0n) this.reserved(reservation, 'release', -quantity, cause);
  }

  /** Notes the outcome of an order at its revision; with a cause it is told on the timeline. */
  conclude(order: OrderRecord, outcome: ReservationOutcome, cause?: Cause): void {
    order.outcome = outcome;
    this.plan.orders.add(order);
    if (cause) this.plan.statuses.push(outcomeStatus(order, outcome, cause));
  }

  /** Gives what was decided since the last time, in order, and begins a new plan. */
  takePlan(): Plan {
    return this.plan.take();
  }

  /**
   * Forgets who waits, and the visitors: once everything is written, the database knows better. Where nobody waits it
   * knows no better: the shelf is locked, and who begins to wait joins here. So one look does not cost each later
   * receipt of a batch another.
   */
  forgetBackorders(): void {
    for (const [stockId, queue] of this.queues) if (queue.next() !== undefined) this.queues.delete(stockId);
    for (const orderId of this.visitors) {
      for (const line of this.orders.get(orderId)?.lines ?? []) this.reservations.delete(line.orderLineId);
      this.orders.delete(orderId);
    }
    this.visitors.clear();
  }

  private reserved(reservation: Reservation, kind: 'reserve' | 'release', delta: Quantity, cause: Cause): void {
    const { order, orderLineId } = reservation;
    const line = { orderId: order.orderId, orderLineId, revision: order.revision };
    const shelf = this.shelf(reservation.stockId);
    this.plan.move(shelf, { kind, deltaReserved: delta, cause, line });
    reservation.reserved += delta;
    this.decided(reservation, shelf);
  }

  private decided(reservation: Reservation, { sequence }: Shelf): void {
    reservation.revision = reservation.order.revision;
    reservation.stockSequence = sequence;
    this.plan.reservations.add(reservation);
  }
}
