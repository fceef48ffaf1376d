import { PARTS_ALONE, PARTS_ON_INSTALLATION, type Figures, type PartName } from './parts.js';

/** The figures as they come, by part; a part that was not measured has none. */
export class Findings {
  private readonly found = new Map<PartName, unknown[]>();

  /** Adds what a part has measured. */
  add(part: PartName, figures: readonly unknown[]): void {
    this.found.set(part, [...(this.found.get(part) ?? []), ...figures]);
  }

  /** All of them. */
  all(): Figures {
    const names = [...PARTS_ON_INSTALLATION, ...PARTS_ALONE].map(({ name }) => name);
    return Object.fromEntries(names.map((name) => [name, this.found.get(name) ?? []])) as unknown as Figures;
  }
}
