import { beforeEach, describe, expect, it } from '@jest/globals';
import { PaperOrders } from '../testing/paper-orders.js';
import { PaperStock } from '../testing/paper-stock.js';
import { quantityOf } from '../stock-book/quantity.js';

describe('reservations, when orders are decided one after the other', () => {
  let stock: PaperStock;
  let orders: PaperOrders;
  beforeEach(() => {
    stock = new PaperStock();
    orders = new PaperOrders(stock);
    stock.shelve('A', quantityOf('10'));
    stock.shelve('B', quantityOf('0'));
  });
  const place = (...lines: readonly (readonly [string, string])[]) => {
    const number = orders.place(lines);
    orders.react(number);
    return number;
  };

  it('lets the second line of one SKU see what the first one took', () => {
    const order = place(['A', '6'], ['A', '6']);
    expect(orders.reservations(order)).toEqual(['6-0', '6-2']);
    expect(orders.timeline(order)).toEqual(['backordered']);
  });

  it('confirms an order that wants nothing that is counted, without a reservation', () => {
    const order = place(['POST', '1']);
    expect(orders.reservations(order)).toEqual([]);
    expect(orders.timeline(order)).toEqual(['confirmed']);
  });

  it('tells a cancelled order so, also where nothing was reserved', () => {
    const [waiting, free] = [place(['B', '1']), place(['POST', '1'])];
    for (const order of [waiting, free]) {
      orders.cancel(order);
      orders.react(order);
    }
    expect(orders.timeline(waiting)).toEqual(['backordered', 'cancelled']);
    expect(orders.timeline(free)).toEqual(['confirmed', 'cancelled']);
  });

  it('cancels the reservation of an order whose lines are reduced to nothing', () => {
    const order = place(['A', '2'], ['POST', '1']);
    orders.setQuantity(order, 0, '0');
    orders.react(order);
    expect(orders.timeline(order)).toEqual(['confirmed', 'cancelled']);
    expect(stock.shelves.get('A@main')!.reserved).toBe(0n);
  });

  it('tells the outcome again when a revision changes reservations, and not for a note', () => {
    const order = place(['A', '2'], ['A', '1'], ['A', '4']);
    orders.note(order);
    orders.react(order);
    expect(orders.timeline(order)).toEqual(['confirmed']);
    orders.setQuantity(order, 0, '3');
    orders.react(order);
    expect(orders.timeline(order)).toEqual(['confirmed', 'confirmed']);
    expect(stock.statuses.at(-1)!.payload).toEqual({ revision: 3 });
  });

  it('ignores a revision that is done, and one that is older', () => {
    const order = place(['A', '2']);
    const old = orders.at(order);
    orders.setQuantity(order, 0, '3');
    orders.react(order);
    orders.reactTo([old]);
    orders.react(order);
    expect(orders.reservations(order)).toEqual(['3-0']);
    expect(orders.timeline(order)).toEqual(['confirmed', 'confirmed']);
  });

  it('fills older backorders with what an order gives back before its own new wishes', () => {
    const holder = place(['A', '8'], ['A', '2']);
    const waiting = place(['A', '5']);
    orders.setQuantity(holder, 0, '1');
    orders.setQuantity(holder, 1, '6');
    orders.react(holder);
    // 7 come free: the holder is the older order, so its second line is filled first, then the other order.
    expect(orders.reservations(holder)).toEqual(['1-0', '6-0']);
    expect(orders.reservations(waiting)).toEqual(['5-2']);
    expect(orders.timeline(holder)).toEqual(['confirmed', 'confirmed']);
  });

  it('says nothing of a partial fill that leaves the order short', () => {
    const holder = place(['A', '10']);
    const waiting = place(['A', '5'], ['B', '1']);
    orders.setQuantity(holder, 0, '5');
    orders.react(holder);
    expect(orders.reservations(waiting)).toEqual(['5-0', '1-1']);
    expect(orders.timeline(waiting)).toEqual(['backordered']);
  });

  it('reserves where a whole line is covered, else at the first location', () => {
    orders = new PaperOrders(stock, ['main', 'north']);
    stock.shelve('C', quantityOf('2'));
    stock.shelve('C', quantityOf('4'), 'north');
    place(['C', '3'], ['C', '2'], ['C', '2']);
    expect(stock.lines.map(({ location, reserved }) => `${location} ${reserved / 1_000_000n}`)).toEqual([
      'north 3',
      'main 2',
      'main 0',
    ]);
  });

  it('keeps quantities exact to six decimals', () => {
    stock.shelve('D', quantityOf('0.3'));
    place(['D', '0.1'], ['D', '0.2'], ['D', '0.000001']);
    expect(stock.lines.map(({ reserved }) => reserved)).toEqual([100_000n, 200_000n, 0n]);
  });
});
