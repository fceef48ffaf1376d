/** What an entry speaks about; dashboards group by it. */
export type StatusCategory = 'fulfillment' | 'payment' | 'support';
/** How urgent an entry is; an open `blocking` entry stops the gates. */
export type StatusSeverity = 'info' | 'warning' | 'blocking';

/** One word of the status vocabulary: who may append it and what it means (order S1.35, S1.54, S1.59). */
export interface StatusWord {
  /** `namespace:status`, e.g. `inventory:reservation_confirmed`. */
  readonly code: string;
  readonly meaning: string;
  /** What the payload holds, in words. Never personal data (security 5.7). */
  readonly payload: string;
  readonly category?: StatusCategory;
  readonly severity?: StatusSeverity;
}

/** The namespace of a status code: the part before the colon. */
export function namespaceOf(code: string): string {
  return code.slice(0, code.indexOf(':'));
}
