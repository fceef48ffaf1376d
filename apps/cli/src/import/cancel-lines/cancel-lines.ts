import { inParallel } from '../client/in-parallel.js';
import { millionths } from '../decimal.js';
import type { Entry } from '../gather/stage.js';
import type { CancellationLine } from '../import-map.js';
import type { Tally } from '../tally.js';
import { decideCancellation, type Take } from './cancel.decide.js';
import { addTaken, type CustomerOrders, type HeldOrders } from './held-orders.js';
import { takeBack, type TakeBack, type TakingBack } from './take-back.js';

interface Plan extends TakeBack {
  readonly takes: Take[];
}

/** What is to be taken back: per customer in the order of the file, by invoice and order. */
export type CancellationPlans = ReadonlyMap<CustomerOrders, ReadonlyMap<string, TakeBack>>;

/** Enough to keep the server busy between two answers, and no more than it serves beside everything else. */
const REQUESTS_IN_FLIGHT = 6;

/** Takes back what lines of "C" invoices name. */
export class CancelLines {
  constructor(
    private readonly takingBack: TakingBack,
    private readonly held: HeldOrders,
    private readonly tally: Tally,
  ) {}

  /** Decides lines in the order of the file. All orders that were submitted before must have been ingested. */
  async decide(entries: readonly Entry<CancellationLine>[]): Promise<CancellationPlans> {
    const plans = new Map<CustomerOrders, Map<string, Plan>>();
    for (const entry of entries) {
      const customer = await this.held.of(entry.reading.customerRef);
      const takes = decideLine(entry.reading, customer);
      if (takes) this.tally.accept(entry.reading.value);
      else this.tally.refuse(entry, 'no-matching-order');
      for (const take of takes ?? []) planFor(plans, customer, entry.reading.invoice, take).takes.push(take);
    }
    for (const [customer, ofCustomer] of plans)
      for (const { invoice, takes } of ofCustomer.values())
        for (const { sku, quantity } of takes) addTaken(customer, invoice, sku, quantity);
    return plans;
  }

  /** Carries out what was decided; the plans of one customer one after the other. */
  async apply(plans: CancellationPlans): Promise<void> {
    await inParallel(REQUESTS_IN_FLIGHT, plans.values(), async (ofCustomer) => {
      for (const plan of ofCustomer.values()) if (await takeBack(this.takingBack, plan)) this.tally.adjustments += 1;
    });
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

function planFor(
  plans: Map<CustomerOrders, Map<string, Plan>>,
  customer: CustomerOrders,
  invoice: string,
  { orderId }: Take,
): Plan {
  const ofCustomer = plans.get(customer) ?? new Map<string, Plan>();
  plans.set(customer, ofCustomer);
  const plan = ofCustomer.get(`${invoice} ${orderId}`) ?? { invoice, orderId, takes: [] };
  ofCustomer.set(`${invoice} ${orderId}`, plan);
  return plan;
}
