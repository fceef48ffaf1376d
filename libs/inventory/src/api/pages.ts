import { Injectable } from '@nestjs/common';
import { type Caller, Cursors, Database, type ModuleTx } from '@orderkeel/platform';

/** Where the next page of a list begins: the sort key of the last item of the page before. */
type Position = readonly string[];

/** What a caller asks a list for. */
interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One list: the name that its cursors are signed for, and how it is read. */
interface PagedList<Item> {
  /** E.g. `GET /inventory/receipts`. */
  readonly route: string;
  /** Reads at most so many items behind a position, in the list's order. */
  read(tx: ModuleTx, after: Position | undefined, count: number): Promise<Item[]>;
  positionOf(item: Item): Position;
}

/** Reads lists page by page, as the caller may see them (interfaces 1). */
@Injectable()
export class Pages {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** Rows that come in between do not shift a page. @throws Problem `invalid-request` for a cursor of another list */
  async read<Item>(caller: Caller, { limit, cursor }: PageQuery, { route, read, positionOf }: PagedList<Item>) {
    const after = this.cursors.decode<Position>(route, cursor);
    const found = await this.database.read(caller, (tx) => read(tx, after, limit + 1));
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : this.cursors.encode(route, positionOf(last)) };
  }
}
