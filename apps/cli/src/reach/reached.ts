import { CommandFailure } from '../exit/command-failure.js';

/** An answer of the API, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Method = 'GET' | 'POST';

/** Somebody who answers as the API does: the running server, or its routes on the database alone. */
export interface Reached {
  readonly via: 'server' | 'database';
  /** The server's address; null where nothing listens. */
  readonly url: string | null;
  ask(method: Method, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

/** The body of an answer that must succeed. Any other status is a CommandFailure with the problem's own words. */
export async function bodyOf<Body>(reached: Reached, method: Method, path: string, body?: unknown): Promise<Body> {
  const found = await bodyIfThere<Body>(reached, method, path, body);
  if (found === null) throw new CommandFailure('not-there', `${method} ${path} is not there: is its module enabled?`);
  return found;
}

/** As `bodyOf`; null where the answer is 404. */
export async function bodyIfThere<Body>(
  reached: Reached,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Body | null> {
  const answer = await reached.ask(method, path, body);
  if (answer.status === 404) return null;
  if (answer.status < 400) return answer.body as Body;
  const { title, detail } = answer.body as { title?: string; detail?: string };
  throw new CommandFailure('refused', `${method} ${path} was refused (${answer.status}): ${detail ?? title ?? ''}`);
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** All items of a list, page after page (interfaces 1). */
export async function allItems<Item>(reached: Reached, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `?limit=200&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<Item> = await bodyOf<Page<Item>>(reached, 'GET', `${path}${query}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
