import type { Cursors } from '@orderkeel/platform';

/** Where the next page of a list begins: the sort key of the last item of the page before. */
export type Position = readonly (string | number)[];

/** What a caller asks a list for. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One list, by the name that its cursors are signed for. */
export interface PagedList<Item> {
  /** E.g. `GET /orders`. */
  readonly route: string;
  /** Reads at most so many items behind a position, in the list's order. */
  read(after: Position | undefined, count: number): Promise<Item[]>;
  positionOf(item: Item): Position;
}

/**
 * One page of a list (interfaces 1). Rows that come in between do not shift a page, since a cursor says behind which
 * item it begins. @throws Problem `invalid-request` for a cursor that this list did not give out
 */
export async function readPage<Item>(cursors: Cursors, query: PageQuery, list: PagedList<Item>) {
  const after = cursors.decode<Position>(list.route, query.cursor);
  const found = await list.read(after, query.limit + 1);
  const items = found.slice(0, query.limit);
  const last = found.length > query.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : cursors.encode(list.route, list.positionOf(last)) };
}
