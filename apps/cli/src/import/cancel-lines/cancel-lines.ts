import type { ApiClient } from '../client/api-client.js';
import { inParallel } from '../client/in-parallel.js';
import { millionths } from '../decimal.js';
import type { Entry } from '../gather/stage.js';
import type { CancellationLine } from '../import-map.js';
import type { Tally } from '../tally.js';
import { decideCancellation, type Take } from './cancel.decide.js';
import { addTaken, type CustomerOrders, type HeldOrders } from './held-orders.js';
import { takeBack } from './take-back.js';

interface Plan {
  readonly customer: CustomerOrders;
  readonly invoice: string;
  readonly orderId: string;
  readonly takes: Take[];
}

/** The plans of one customer in the order of the file, by invoice and order. */
type Plans = Map<string, Plan>;

/** Enough to keep the server busy between two answers, and no more than it serves beside everything else. */
const REQUESTS_IN_FLIGHT = 4;

/** Takes back what lines of "C" invoices name: decided in the order of the file, applied in that order per customer. */
export class CancelLines {
  constructor(
    private readonly client: ApiClient,
    private readonly source: string,
    private readonly held: HeldOrders,
    private readonly tally: Tally,
  ) {}

  /** All orders that were submitted before must have been decided by the server. */
  async apply(entries: readonly Entry<CancellationLine>[]): Promise<void> {
    const plans = new Map<CustomerOrders, Plans>();
    for (const entry of entries) {
      const customer = await this.held.of(entry.reading.customerRef);
      const takes = decideLine(entry.reading, customer);
      if (takes) this.tally.accept(entry.reading.value);
      else this.tally.refuse(entry, 'no-matching-order');
      for (const take of takes ?? []) planned(plans, customer, entry.reading.invoice, take).takes.push(take);
    }
    await inParallel(REQUESTS_IN_FLIGHT, plans.values(), (inOrder) => this.applyInOrder([...inOrder.values()]));
  }

  private async applyInOrder(plans: readonly Plan[]): Promise<void> {
    for (const plan of plans) {
      if (await takeBack(this.client, this.source, plan)) this.tally.adjustments += 1;
      for (const { sku, quantity } of plan.takes) addTaken(plan.customer, plan.invoice, sku, quantity);
    }
  }
}

/** Decides a line and books the decision in what is known of the customer; undefined when the line is refused. */
function decideLine(line: CancellationLine, customer: CustomerOrders): readonly Take[] | undefined {
  const quantity = millionths(line.quantity);
  const taken = customer.taken.get(line.invoice)?.get(line.sku) ?? 0n;
  const used = taken < quantity ? taken : quantity;
  const takes = decideCancellation({ ...line, quantity }, [...customer.orders.values()], used);
  if (!takes) return undefined;
  if (used > 0n) addTaken(customer, line.invoice, line.sku, -used);
  for (const take of takes) {
    const left = customer.orders.get(take.orderId)?.left;
    left?.set(take.sku, (left.get(take.sku) ?? 0n) - take.quantity);
  }
  return takes;
}

function planned(plans: Map<CustomerOrders, Plans>, customer: CustomerOrders, invoice: string, take: Take): Plan {
  const ofCustomer: Plans = plans.get(customer) ?? new Map<string, Plan>();
  plans.set(customer, ofCustomer);
  const { orderId } = take;
  const plan = ofCustomer.get(`${invoice} ${orderId}`) ?? { customer, invoice, orderId, takes: [] };
  ofCustomer.set(`${invoice} ${orderId}`, plan);
  return plan;
}
