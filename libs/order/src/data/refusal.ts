/** What a refusal names besides its reason: members of the problem document (interfaces 4). */
export interface RefusalExtras {
  readonly members?: Readonly<Record<string, unknown>>;
}

/**
 * A command's business "no", thrown so that its transaction leaves nothing behind. The code is a problem of
 * interfaces 4; trying again without a change gives the same answer.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly retriable = false;
  readonly members: RefusalExtras['members'];

  constructor(
    readonly code: 'already-cancelled' | 'already-closed' | 'not-found' | 'stale-revision',
    message: string,
    { members }: RefusalExtras = {},
  ) {
    super(message);
    this.members = members;
  }
}

/** There is no such order, or it is another tenant's: nobody can tell which. */
export function noSuchOrder(orderId: string): Refusal {
  return new Refusal('not-found', `There is no order ${orderId}`);
}
