import type { ApiClient } from './api-client.js';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** The largest page of a list (interfaces 1). */
const PAGE = 200;

/** The items of a list, page after page, as far as the caller reads. `query` holds the filters. */
export async function* pagesOf<Item>(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<readonly Item[]> {
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams({ ...query, limit: String(PAGE), ...(cursor === null ? {} : { cursor }) });
    const page: Page<Item> = await client.ask('GET', `${path}?${search}`);
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
