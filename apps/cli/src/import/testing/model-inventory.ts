import { page, problem, type ModelAnswer, type ModelRequest } from './model-answer.js';

interface Movement {
  readonly sku: string;
  readonly quantity?: string;
  readonly delta?: string;
  readonly idempotencyKey: string;
  readonly reference?: string;
}

/** Receipts, stock adjustments and what is on hand, of the model server. */
export class ModelInventory {
  /** Without the module its routes do not exist. */
  isEnabled = true;
  /** Somebody has taken everything off the shelves by hand. */
  isEmptied = false;
  private readonly movements = new Map<string, Movement>();
  private readonly stock = new Map<string, number>();

  answer({ path, query, body }: ModelRequest): ModelAnswer | undefined {
    if (!this.isEnabled || !path.startsWith('/inventory/')) return undefined;
    if (path === '/inventory/remaining-stock') return page([], query);
    if (path === '/inventory/stock-ledger') return page(this.ledger(query.get('sku') ?? ''), query);
    if (path === '/inventory/receipts/batch') return this.each((body as { receipts: Movement[] }).receipts);
    if (path === '/inventory/stock-adjustments/batch')
      return this.each((body as { adjustments: Movement[] }).adjustments);
    return undefined;
  }

  onHand(sku: string): number {
    return this.stock.get(sku) ?? 0;
  }

  state(): object {
    return { movements: [...this.movements.values()].map((movement) => JSON.stringify(movement)).sort() };
  }

  private each(movements: readonly Movement[]): ModelAnswer {
    const results = movements.map((movement, index) => {
      const { status, body } = this.move(movement);
      return { index, status, ...(status < 300 ? {} : { problem: body }) };
    });
    return { status: 200, body: { results } };
  }

  private move(movement: Movement): ModelAnswer {
    const { idempotencyKey, sku, quantity, delta } = movement;
    if (this.movements.has(idempotencyKey)) return { status: 200, body: {} };
    const onHand = this.isEmptied ? 0 : this.onHand(sku);
    if (delta !== undefined && onHand + Number(delta) < 0) return problem(409, 'not-enough-stock');
    this.movements.set(idempotencyKey, movement);
    this.stock.set(sku, this.onHand(sku) + Number(quantity ?? delta));
    return { status: 201, body: {} };
  }

  private ledger(sku: string): object[] {
    return [...this.movements.values()]
      .filter((movement) => movement.sku === sku)
      .map(({ idempotencyKey, quantity, delta }) => ({ idempotencyKey, deltaOnHand: quantity ?? delta }));
  }
}
