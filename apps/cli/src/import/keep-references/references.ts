import type { ApiClient } from '../client/api-client.js';
import { pagesOf } from '../client/all-items.js';
import { slices } from '../client/slices.js';
import type { Stage } from '../gather/stage.js';
import type { ImportMap } from '../import-map.js';

type Collection = 'customers' | 'products' | 'skus';

interface Reference {
  readonly customerRef?: string;
  readonly productId?: string;
  readonly sku?: string;
}

/**
 * Makes the customers, products and SKUs exist before the orders that name them. What exists already, from an earlier
 * import or by hand, is left as it is: a name or stock policy that somebody changed stays changed.
 */
export class References {
  private readonly known = { customers: new Set<string>(), products: new Set<string>(), skus: new Set<string>() };

  constructor(
    private readonly client: ApiClient,
    private readonly map: ImportMap,
  ) {}

  /** Learns what exists; once, before the first `keep`. */
  async learn(): Promise<void> {
    await this.learnAll('customers', ({ customerRef }) => customerRef);
    await this.learnAll('products', ({ productId }) => productId);
    await this.learnAll('skus', ({ sku }) => sku);
  }

  /** Adds what a stage names and the server does not know. Products go first, because SKUs refer to them. */
  async keep(stage: Stage): Promise<void> {
    const customers = new Map<string, object>();
    for (const { customerRef } of stage.sales) customers.set(customerRef, { customerRef });
    const products = new Map<string, object>();
    const skus = new Map<string, object>();
    for (const [sku, name] of stage.skus) {
      const productId = this.map.productOf(sku);
      if (!products.has(productId)) products.set(productId, { productId, name });
      skus.set(sku, { sku, productId, name, stockPolicy: this.map.tracked(sku) ? 'backorder' : 'untracked' });
    }
    await this.add('customers', customers);
    await this.add('products', products);
    await this.add('skus', skus);
  }

  private async learnAll(collection: Collection, nameOf: (item: Reference) => string | undefined): Promise<void> {
    for await (const page of pagesOf<Reference>(this.client, `/${collection}`))
      for (const item of page) this.known[collection].add(nameOf(item) ?? '');
  }

  private async add(collection: Collection, wanted: ReadonlyMap<string, object>): Promise<void> {
    const known = this.known[collection];
    const missing = [...wanted].filter(([name]) => !known.has(name));
    for (const slice of slices(missing))
      await this.client.ask('PUT', `/${collection}/batch`, { [collection]: slice.map(([, body]) => body) });
    for (const [name] of missing) known.add(name);
  }
}
