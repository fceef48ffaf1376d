import type { ModuleTx } from '@orderkeel/platform';

/** An intent that is about to become an order, as guards and hooks see it. */
export interface IntentFacts {
  readonly id: string;
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly sourceSystem: string;
  readonly orderIntentId: string;
  readonly customerRef: string;
  readonly lineItems: readonly { readonly sku: string; readonly quantity: string; readonly total: number }[];
  readonly totals: { readonly currency: string; readonly total: number };
}

/** A guard's answer: nothing against it, not now, or no. `httpStatus` is what a waiting caller is answered with. */
export type Verdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'hold'; readonly message: string }
  | { readonly kind: 'reject'; readonly httpStatus: number; readonly message: string; readonly pointer?: string };

/**
 * Credit, fraud, quotas: asked in the ingest transaction, under the role of the guard's own module, wherever order runs.
 * The core learns a verdict and nothing else (order, "How the core stays ignorant").
 */
export interface IntentGuard {
  /** Shown to callers as `guard:<name>`. */
  readonly name: string;
  /** The module whose database role it runs under. */
  readonly module: string;
  /** One verdict per intent, in order; each must take into account what it allowed earlier in the batch. */
  check(intents: readonly IntentFacts[], tx: ModuleTx): Promise<readonly Verdict[]>;
}

/** Work that must be done in the very transaction that accepts orders, under the hook's own module's role. */
export interface AcceptanceHook {
  readonly name: string;
  readonly module: string;
  accepted(intents: readonly IntentFacts[], tx: ModuleTx): Promise<void>;
}

/** Where modules register their guards and hooks when they start; order asks them in order of registration. */
export class IngestPorts {
  private readonly registeredGuards: IntentGuard[] = [];
  private readonly registeredHooks: AcceptanceHook[] = [];

  addGuard(guard: IntentGuard): void {
    this.registeredGuards.push(guard);
  }

  addHook(hook: AcceptanceHook): void {
    this.registeredHooks.push(hook);
  }

  get guards(): readonly IntentGuard[] {
    return this.registeredGuards;
  }

  get hooks(): readonly AcceptanceHook[] {
    return this.registeredHooks;
  }
}
