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

/** How long the oldest unanswered intent has waited, and the refusal of more while that is too long (interfaces 3). */
@Injectable()
export class Backlog {
  private looked: { readonly atMs: number; readonly oldestMs: Promise<number | null> } | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(settingsToken('order')) private readonly settings: OrderSettings = orderSettings.parse({}),
  ) {}

  /** @throws Problem `overloaded`, 429, with Retry-After */
  async refuseWhenTooLong(): Promise<void> {
    const oldestMs = await this.oldest();
    const waitedS = oldestMs === null ? 0 : (this.clock.nowMs() - oldestMs) / 1000;
    if (waitedS <= this.settings.maxBacklogSeconds) return;
    const detail = `The oldest received intent has waited ${Math.floor(waitedS)} s for an answer`;
    throw Problem.overloaded(detail, RETRY_AFTER_S, 429);
  }

  /** Requests that come while a look is under way share it; one that failed is not kept. */
  private oldest(): Promise<number | null> {
    const atMs = this.clock.nowMs();
    if (this.looked && atMs - this.looked.atMs < LOOK_EVERY_MS) return this.looked.oldestMs;
    const looked = { atMs, oldestMs: this.look() };
    this.looked = looked;
    looked.oldestMs.catch(() => {
      if (this.looked === looked) this.looked = undefined;
    });
    return looked.oldestMs;
  }

  private look(): Promise<number | null> {
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
