import { Injectable } from '@nestjs/common';
import { Cursors, Database, type Caller, type ModuleTx } from '@orderkeel/platform';
import type { Page } from './page.js';

/** What a caller asks a list for. */
export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One list: its route, how a page is read, and the name that orders it. */
export interface NamedList<Item> {
  readonly route: string;
  read(tx: ModuleTx, page: Page): Promise<Item[]>;
  nameOf(item: Item): string;
}

/** Reads lists that are ordered by name, page by page; rows that come in between do not shift a page (interfaces 1). */
@Injectable()
export class Listing {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /** One page as the caller may see it. @throws Problem `invalid-request` for a cursor of another list */
  async page<Item>(caller: Caller, { limit, cursor }: ListQuery, list: NamedList<Item>) {
    const [after = ''] = this.cursors.decode<[string]>(list.route, cursor) ?? [];
    const rows = await this.database.read(caller, (tx) => list.read(tx, { after, limit: limit + 1 }));
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : this.cursors.encode(list.route, [list.nameOf(last)]) };
  }
}
