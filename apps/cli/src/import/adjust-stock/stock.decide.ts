/** What is known when a stock line is decided; quantities in millionths. */
export interface StockFacts {
  readonly delta: bigint;
  /** Opening stock and deliveries of this SKU up to the line's week. */
  readonly supplied: bigint;
  /** Sum of the accepted stock lines of this SKU that came before. */
  readonly adjusted: bigint;
}

/** A stock line is accepted unless it would take what is on hand below zero. */
export function decideStockLine({ delta, supplied, adjusted }: StockFacts): boolean {
  return delta > 0n || supplied + adjusted + delta >= 0n;
}
