/** What identifies an intent within its tenant. */
export interface IntentKey {
  readonly sourceSystem: string;
  readonly orderIntentId: string;
}

/** The key as one text. It sorts, and cannot be forged by a separator inside a name. */
export function keyOf({ sourceSystem, orderIntentId }: IntentKey): string {
  return JSON.stringify([sourceSystem, orderIntentId]);
}
