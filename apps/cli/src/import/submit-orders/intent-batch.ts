/** Small enough that the server decides one batch while the next is under way, and far below its limit of 16 MiB. */
const ENOUGH_CHARACTERS = 1_000_000;
const MOST_INTENTS = 200;

/** Collects JSON texts of intents until they make a good batch. */
export class IntentBatch<Of> {
  private texts: string[] = [];
  private origins: Of[] = [];
  private characters = 0;

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** Whether a text of this length should wait for the next batch. */
  isFullFor(text: string): boolean {
    return this.texts.length >= MOST_INTENTS || (!this.isEmpty && this.characters + text.length > ENOUGH_CHARACTERS);
  }

  add(text: string, origin: Of): void {
    this.texts.push(text);
    this.origins.push(origin);
    this.characters += text.length;
  }

  /** Hands over what was collected and begins anew. */
  take(): { texts: readonly string[]; origins: readonly Of[] } {
    const taken = { texts: this.texts, origins: this.origins };
    this.texts = [];
    this.origins = [];
    this.characters = 0;
    return taken;
  }
}
