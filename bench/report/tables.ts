import type { PartAlone, PartOnInstallation } from '../part.js';
import { PARTS_ALONE, PARTS_ON_INSTALLATION } from '../parts/parts.js';
import { renderHeadlines } from './headline.js';
import type { Results } from './results.js';

/** The results in tables for people: one for each part that was measured, and the headlines last. */
export function renderTables(results: Results): string[] {
  const parts: readonly (PartOnInstallation | PartAlone)[] = [...PARTS_ON_INSTALLATION, ...PARTS_ALONE];
  const figures = new Map<string, readonly unknown[]>(Object.entries(results));
  const tables = parts.flatMap(({ name, title, render }) => {
    const found = figures.get(name) ?? [];
    return found.length > 0 ? ['', title, ...render(found)] : [];
  });
  return [...tables, '', 'Headlines: median (least - most) against the target', ...renderHeadlines(results.headlines)];
}
