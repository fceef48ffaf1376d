/** A command's idempotency key stands for nothing yet, for the same content, or for other content (interfaces 3). */
export type KeyVerdict<Content> =
  | { readonly verdict: 'new' }
  | { readonly verdict: 'repeated'; readonly first: Content }
  | { readonly verdict: 'key-reused' };

/** Something that was asked for under an idempotency key, or without one. */
export interface Keyed {
  readonly idempotencyKey: string | null;
}

/** The idempotency keys of one route that are taken, before and within a batch. The row that a command makes is its record. */
export class TakenKeys<Content extends Keyed> {
  private readonly taken = new Map<string, Content>();

  /** @param isSame whether a wish asks for what its key stands for already */
  constructor(
    earlier: readonly Content[],
    private readonly isSame: (wish: Content, first: Content) => boolean,
  ) {
    for (const content of earlier) this.take(content);
  }

  look(wish: Content): KeyVerdict<Content> {
    const first = wish.idempotencyKey === null ? undefined : this.taken.get(wish.idempotencyKey);
    if (!first) return { verdict: 'new' };
    return this.isSame(wish, first) ? { verdict: 'repeated', first } : { verdict: 'key-reused' };
  }

  take(content: Content): void {
    if (content.idempotencyKey !== null) this.taken.set(content.idempotencyKey, content);
  }
}

/** Whether a command's key stood for nothing when these were read; what is taken once stays taken. */
export function hasFreeKey(earlier: readonly Keyed[]): (command: Keyed) => boolean {
  const taken = new Set(keysOf(earlier));
  return ({ idempotencyKey }) => idempotencyKey === null || !taken.has(idempotencyKey);
}

/** The keys among commands, without those that have none. */
export function keysOf(commands: readonly Keyed[]): string[] {
  return commands.flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
}
