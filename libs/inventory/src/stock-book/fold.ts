import type { Quantity } from './quantity.js';
import type { Reservation } from './reservation.js';
import type { Shelf } from './shelf.js';

/** What a decision lacks: the next backorders of a shelf, or its newest reservations that together hold `quantity`. */
export type Need =
  | { readonly kind: 'backorders'; readonly shelf: Shelf }
  | { readonly kind: 'newest'; readonly shelf: Shelf; readonly quantity: Quantity };

/** What was found of it, in the asked order; `isAll`: there are no others. */
export interface Found {
  readonly reservations: readonly Reservation[];
  readonly isAll: boolean;
}

/**
 * A decision in progress, pure: it moves the book on and stops where it lacks facts. Whoever runs it then writes what is
 * decided so far, finds what is asked for, and lets it go on; so memory is bounded however much stock arrives.
 */
export type Fold<Result = void> = Generator<Need, Result, Found>;
