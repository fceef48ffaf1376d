import type { FieldFault } from '@orderkeel/platform';

/** What a refusal names besides its reason: members of the problem document, fields at fault (interfaces 4). */
export interface RefusalExtras {
  readonly members?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldFault[];
}

/**
 * A command's business "no", thrown so that its transaction leaves nothing behind. The code is a problem of
 * interfaces 4; trying again without a change gives the same answer.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly retriable = false;
  readonly members: RefusalExtras['members'];
  readonly errors: RefusalExtras['errors'];

  constructor(
    readonly code:
      | 'already-cancelled'
      | 'already-closed'
      | 'namespace-forbidden'
      | 'not-found'
      | 'stale-revision'
      | 'unknown-status-code',
    message: string,
    { members, errors }: RefusalExtras = {},
  ) {
    super(message);
    this.members = members;
    this.errors = errors;
  }
}

/** There is no such order, or it is another tenant's: nobody can tell which. */
export function noSuchOrder(orderId: string): Refusal {
  return new Refusal('not-found', `There is no order ${orderId}`);
}
