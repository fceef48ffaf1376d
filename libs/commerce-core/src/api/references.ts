import { HttpStatus, Injectable } from '@nestjs/common';
import { Database, Pages, Problem, type Caller, type ModuleTx, type Position } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import type { PutCounts } from '../data/put-rows.js';

/** One kind of what callers know by a name of their own: customers, products, SKUs. */
export interface ReferenceKind<Content, Answer> {
  /** As refusals call it: `There is no customer 17850`. */
  readonly noun: string;
  /** The path of its routes, and the field of its batches, e.g. `customers`. */
  readonly plural: string;
  nameOf(reference: Content | Answer): string;
  /** Puts all or none. @param pointerOf where in the body a content is, for refusals */
  put(tx: ModuleTx, contents: readonly Content[], pointerOf: (index: number) => string): Promise<PutCounts>;
  find(tx: ModuleTx, name: string): Promise<Answer | undefined>;
  /** In order of names. */
  after(tx: ModuleTx, after: Position | undefined, count: number): Promise<Answer[]>;
}

/** What the routes of every kind of reference do (interfaces 3); each controller says which routes there are. */
@Injectable()
export class References {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  /** Puts all or none; of one name given twice the later counts. */
  putMany<Content, Answer>(kind: ReferenceKind<Content, Answer>, contents: readonly Content[], caller: Caller) {
    return this.database.command('commerce-core', caller, (tx) =>
      kind.put(tx, contents, (index) => `/${kind.plural}/${index}`),
    );
  }

  /** Answers 201 for what is new, else 200. */
  put<Content, Answer>(
    kind: ReferenceKind<Content, Answer>,
    content: Content,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<Answer | undefined> {
    return this.database.command('commerce-core', caller, async (tx) => {
      const { created } = await kind.put(tx, [content], () => '');
      void reply.status(created === 1 ? HttpStatus.CREATED : HttpStatus.OK);
      return kind.find(tx, kind.nameOf(content));
    });
  }

  list<Content, Answer>(
    kind: ReferenceKind<Content, Answer>,
    query: { limit: number; cursor?: string | undefined },
    caller: Caller,
  ) {
    return this.pages.read(query, {
      route: `GET /${kind.plural}`,
      read: (after, count) => this.database.read(caller, (tx) => kind.after(tx, after, count)),
      positionOf: (reference) => [kind.nameOf(reference)],
    });
  }

  /** @throws Problem `not-found` */
  async read<Content, Answer>(kind: ReferenceKind<Content, Answer>, name: string, caller: Caller): Promise<Answer> {
    const found = await this.database.lookUp(caller, (tx) => kind.find(tx, name));
    if (found === undefined) throw Problem.notFound(`${kind.noun} ${name}`);
    return found;
  }
}
