import { Inject } from '@nestjs/common';
import { knownCustomers, knownSkus } from '@orderkeel/commerce-core/contract';
import { OnChange, together, type ChangesOf, type ModuleTx, type Reaction, type Stretch } from '@orderkeel/platform';
import { appendStatuses } from '../contract/append-statuses.js';
import { IngestPorts } from '../contract/ingest-ports.js';
import { orderHints } from '../contract/order-hints.js';
import { OrderIntentContract } from '../contract/order-intent.contract.js';
import { decideReferences, decideVerdicts, type IngestDecision } from './ingest.decide.js';
import { answerIntents, lockReceived, receivedBefore, type ReceivedIntent } from './intent.store.js';
import { createOrders, recordRejections } from './order.store.js';
import { policyOf, SOURCE_POLICIES, type SourcePolicy } from './source-policies.js';
import { checkContent } from './stored-content.js';

/** Turns received intents into canonical orders, or rejections (order S1.41, S1.65-S1.68, X19). */
@OnChange(OrderIntentContract, { name: 'orderIntentIngestor' })
export class IngestIntent implements Reaction<typeof OrderIntentContract> {
  constructor(
    private readonly ports: IngestPorts,
    @Inject(SOURCE_POLICIES) private readonly policies: Readonly<Record<string, SourcePolicy>>,
  ) {}

  async react(changes: ChangesOf<typeof OrderIntentContract>, tx: ModuleTx): Promise<void> {
    const intents = await lockReceived(
      tx,
      changes.map((change) => change.key),
    );
    if (intents.length === 0) return;
    const decisions = await this.askGuards(await this.checkReferences(checkContent(intents), tx), tx);
    const acceptedIntents = accepted(decisions);
    const rejections = decisions.filter((decision) => decision.kind === 'reject');
    await together(
      createOrders(
        tx,
        acceptedIntents.map((intent) => ({ intent, createdAt: tx.clock.now() })),
      ),
      recordRejections(tx, rejections),
      answerIntents(tx, decisions.map(answerOf)),
      appendStatuses(tx, acceptedIntents.map(submitted)),
    );
    await this.callHooks(acceptedIntents, tx);
    tx.afterCommit(() => orderHints.touched(intents.map((intent) => intent.orderId)));
  }

  /** Received, and still without an answer, however long ago: an index knows them all. */
  async overlooked(changed: Stretch, limit: number, tx: ModuleTx): Promise<string[]> {
    return receivedBefore(tx, changed.before, limit);
  }

  private async checkReferences(decisions: readonly IngestDecision[], tx: ModuleTx): Promise<IngestDecision[]> {
    const intents = accepted(decisions);
    const customers = intents.map(({ tenantId, customerRef }) => ({ tenantId, ref: customerRef }));
    const skus = intents.flatMap(({ tenantId, lineItems }) => lineItems.map(({ sku }) => ({ tenantId, ref: sku })));
    const [customersKnown, skusKnown] = await together(knownCustomers(tx, customers), knownSkus(tx, skus));
    return decideReferences(decisions, {
      customers: customersKnown,
      skus: skusKnown,
      policyOf: (source) => policyOf(this.policies, source),
    });
  }

  /** Each guard under its own module's role; what one has refused the next is not asked about. */
  private async askGuards(decisions: IngestDecision[], tx: ModuleTx): Promise<IngestDecision[]> {
    let decided = decisions;
    for (const guard of this.ports.guards) {
      const open = accepted(decided);
      if (open.length === 0) break;
      const verdicts = await tx.asModule(guard.module, (guardTx) => guard.check(open, guardTx));
      const byId = new Map(open.map((intent, index) => [intent.id, verdicts[index] ?? { kind: 'allow' as const }]));
      decided = decideVerdicts(decided, guard.name, byId);
    }
    return decided;
  }

  /** Each under its own module's role, once the orders are there. */
  private async callHooks(intents: readonly ReceivedIntent[], tx: ModuleTx): Promise<void> {
    if (intents.length === 0) return;
    for (const hook of this.ports.hooks) await tx.asModule(hook.module, (hookTx) => hook.accepted(intents, hookTx));
  }
}

function accepted(decisions: readonly IngestDecision[]): ReceivedIntent[] {
  return decisions.filter((decision) => decision.kind === 'accept').map((decision) => decision.intent);
}

function answerOf({ kind, intent }: IngestDecision) {
  const state = { accept: 'accepted', reject: 'rejected', hold: 'held' } as const;
  return { id: intent.id, state: state[kind] };
}

function submitted({ orderId, tenantId, sourceSystem, orderIntentId }: ReceivedIntent) {
  return {
    orderId,
    tenantId,
    statusCode: 'order:submitted',
    causeId: orderId,
    severity: 'info' as const,
    payload: { revision: 1, sourceSystem, orderIntentId },
  };
}
