/** Documented. */
export const decide = (at: string): Date => new Date(Date.parse(at));
