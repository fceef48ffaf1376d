/** One setting of the broker or of Connect, and why it is not left at its default. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly why: string;
}

/** The most memory that a Java program takes for objects and for classes, in Java's words: `256m`. */
export interface Memory {
  readonly heap: string;
  readonly classes: string;
}
