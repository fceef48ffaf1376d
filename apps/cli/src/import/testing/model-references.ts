import { page, type ModelAnswer, type ModelRequest } from './model-answer.js';

const KEYS: Readonly<Record<string, string>> = { customers: 'customerRef', products: 'productId', skus: 'sku' };

/** Customers, products and SKUs of the model server. */
export class ModelReferences {
  private readonly rows = new Map<string, Map<string, object>>();

  answer({ method, path, query, body }: ModelRequest): ModelAnswer | undefined {
    const [, collection = '', batch] = path.split('/');
    const key = KEYS[collection];
    if (key === undefined) return undefined;
    const rows = this.rows.get(collection) ?? new Map<string, object>();
    this.rows.set(collection, rows);
    if (method === 'GET') return page([...rows.values()], query);
    if (method !== 'PUT' || batch !== 'batch') return undefined;
    const items = (body as Record<string, Record<string, string>[]>)[collection] ?? [];
    for (const item of items) rows.set(item[key] ?? '', item);
    return { status: 200, body: { created: items.length, updated: 0, unchanged: 0 } };
  }

  has(collection: string, name: string): boolean {
    return this.rows.get(collection)?.has(name) ?? false;
  }

  rename(collection: string, key: string, name: string): void {
    const rows = this.rows.get(collection);
    rows?.set(key, { ...rows.get(key), name });
  }

  state(): object {
    const sorted = [...this.rows].map(([collection, rows]) => [collection, [...rows.values()].map(text).sort()]);
    return Object.fromEntries(sorted) as object;
  }
}

function text(row: object): string {
  return JSON.stringify(row);
}
