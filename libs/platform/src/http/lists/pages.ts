import { Injectable } from '@nestjs/common';
import { Cursors, type Position } from './cursors.js';

/** What a caller asks of any list; `pageQuery` is its schema. */
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One list: whose cursors it takes, and how it is read. */
export interface PagedList<Item> {
  /** The route, e.g. `GET /orders`; its cursors are signed for it and good for no other list. */
  readonly route: string;
  /** Reads at most `count` items behind a position, or from the start without one, in the list's order. */
  read(after: Position | undefined, count: number): Promise<Item[]>;
  /** The sort key of an item, which no other item of the list has. */
  positionOf(item: Item): Position;
}

/** A list's answer: `listOf` is its schema. */
export interface Page<Item> {
  readonly items: Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** Reads lists page by page (interfaces 1). */
@Injectable()
export class Pages {
  constructor(private readonly cursors: Cursors) {}

  /**
   * One page. Rows that come in between do not shift a page, since a cursor says behind which item it begins.
   * @throws Problem `invalid-request` for a cursor that this list did not give out
   */
  async read<Item>({ limit, cursor }: PageQuery, list: PagedList<Item>): Promise<Page<Item>> {
    const after = this.cursors.decode(list.route, cursor);
    // One more than asked for tells whether there is a next page.
    const found = await list.read(after, limit + 1);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : this.cursors.encode(list.route, list.positionOf(last)) };
  }
}
