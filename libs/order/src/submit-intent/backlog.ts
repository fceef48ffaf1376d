import { Inject, Injectable, Optional } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { CLOCK, Database, Problem, settingsToken, type Clock } from '@orderkeel/platform';
import { orderSettings, type OrderSettings } from '../order.settings.js';

/** The age of the backlog changes slowly; one look a second is enough for any number of requests. */
const LOOK_EVERY_MS = 1000;
const RETRY_AFTER_S = 5;

/** Documents the refusal of a route that takes new intents. */
export function TurnsAway(): MethodDecorator {
  return ApiResponse({
    status: 429,
    description: '`overloaded`: intents wait too long for an answer already',
    headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } },
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
}

/** One look at the database, under way or done. */
interface Look {
  readonly atMs: number;
  readonly oldestMs: Promise<number | null>;
  done: boolean;
}

/** How long the oldest unanswered intent has waited, and the refusal of more while that is too long (interfaces 3). */
@Injectable()
export class Backlog {
  private last: Look | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(settingsToken('order')) private readonly settings: OrderSettings = orderSettings.parse({}),
  ) {}

  /**
   * A refusal rests on a fresh look, so that nobody is turned away once the backlog is worked off; who is let in pays
   * for none.
   * @param isRepeated whether the request only asks again for what is stored already; such a one is no burden
   * @throws Problem `overloaded`, 429, with Retry-After
   */
  async refuseWhenTooLong(isRepeated: () => Promise<boolean> = async () => false): Promise<void> {
    if (!this.isTooLong(await this.waitedS(LOOK_EVERY_MS))) return;
    const waitedS = await this.waitedS(0);
    if (!this.isTooLong(waitedS) || (await isRepeated())) return;
    const detail = `The oldest received intent has waited ${Math.floor(waitedS)} s for an answer`;
    throw Problem.overloaded(detail, RETRY_AFTER_S, 429);
  }

  private isTooLong(waitedS: number): boolean {
    return waitedS > this.settings.maxBacklogSeconds;
  }

  /** Seconds, by a look that is younger than this; requests that come while one is under way share it. */
  private async waitedS(maxAgeMs: number): Promise<number> {
    const last = this.last;
    const isYoung = last && (!last.done || this.clock.nowMs() - last.atMs < maxAgeMs);
    const oldestMs = await (isYoung ? last : this.look()).oldestMs;
    return oldestMs === null ? 0 : (this.clock.nowMs() - oldestMs) / 1000;
  }

  /** A look that failed is not kept. */
  private look(): Look {
    const look: Look = { atMs: this.clock.nowMs(), oldestMs: this.oldest(), done: false };
    this.last = look;
    look.oldestMs.then(
      () => (look.done = true),
      () => {
        if (this.last === look) this.last = undefined;
      },
    );
    return look;
  }

  private oldest(): Promise<number | null> {
    return this.database.command('order', { tenantId: null, actor: 'backlog' }, async (tx) => {
      const [oldest] = await tx.query<{ since: string }>(OLDEST);
      return oldest ? Date.parse(oldest.since) : null;
    });
  }
}

/** What is parked, or was skipped by an operator, waits for a person: it must not close the intake for everybody else. */
const OLDEST = `
  SELECT i.updated_at AS since FROM "order".order_intent i
   WHERE i.state = 'received'
     AND NOT EXISTS (SELECT FROM cdc.parked_key p
                      WHERE p.executor = 'orderIntentIngestor' AND p.key = i.order_id::text)
     AND NOT EXISTS (SELECT FROM cdc.skipped_event s
                      WHERE s.executor = 'orderIntentIngestor' AND s.key = i.order_id::text)
   ORDER BY i.updated_at LIMIT 1`;
