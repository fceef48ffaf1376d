import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Database } from '../database/database.js';
import type { Lag } from '../change-source/lag.js';
import { Metrics } from '../http/metrics/metrics.js';
import { CONSUMER_STATES, readConsumers } from '../reaction/consumer.store.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { ChangeStreamView } from './change-stream-view.js';

/** Gauges that are read when somebody scrapes, and cost nothing otherwise (names: reliability 3.12). */
@Injectable()
export class ProgressMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly db: Database,
    private readonly stream: ChangeStreamView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.lagSecondsGauge();
    this.lagGauge('lag_events', 'Changes received and not applied', (lag) => lag.events ?? 0);
    this.lagGauge('seconds_since_progress', 'Since a batch was applied', (lag) => lag.secondsSinceProgress);
    this.parkedGauge();
    this.stateGauge();
    this.epochGauge();
    this.parkedAgeGauge();
  }

  private lagGauge(name: string, help: string, value: (lag: Lag) => number): void {
    const { stream, clock } = this;
    new Gauge({
      name: `orderkeel_cdc_${name}`,
      help,
      labelNames: ['executor', 'module'],
      registers: [this.metrics.registry],
      collect() {
        this.reset();
        for (const [executor, lag] of stream.knownLags(clock.nowMs()))
          this.set({ executor, module: lag.module }, value(lag));
      },
    });
  }

  private lagSecondsGauge(): void {
    const { stream, clock } = this;
    new Gauge({
      name: 'orderkeel_cdc_lag_seconds',
      help: 'Age of the oldest change that waits in a lane; 0 when none does',
      labelNames: ['executor', 'module', 'stream', 'part'],
      registers: [this.metrics.registry],
      collect() {
        this.reset();
        const nowMs = clock.nowMs();
        for (const { executor, module, stream: of, part, waitingSinceMs } of stream.ownedLanes())
          this.set({ executor, module, stream: of, part }, Math.max(0, nowMs - (waitingSinceMs ?? nowMs)) / 1000);
      },
    });
  }

  private parkedGauge(): void {
    const { db } = this;
    new Gauge({
      name: 'orderkeel_cdc_parked_keys',
      help: 'Keys that wait for a retry or a person',
      labelNames: ['executor', 'module', 'reason'],
      registers: [this.metrics.registry],
      async collect() {
        this.reset();
        const rows = await db.bookkeeping((tx) =>
          tx.query<{ executor: string; module: string; reason: string; count: number }>(
            'SELECT executor, module, error_class AS reason, count(*) AS count FROM cdc.parked_key GROUP BY 1, 2, 3',
          ),
        );
        for (const { count, ...labels } of rows) this.set(labels, count);
      },
    });
  }

  private stateGauge(): void {
    const { db } = this;
    new Gauge({
      name: 'orderkeel_cdc_executor_state',
      help: '1 for the state that the executor is in',
      labelNames: ['executor', 'module', 'state'],
      registers: [this.metrics.registry],
      async collect() {
        this.reset();
        for (const { executor, module, state: current } of (await db.bookkeeping(readConsumers)).values()) {
          for (const state of CONSUMER_STATES) this.set({ executor, module, state }, state === current ? 1 : 0);
        }
      },
    });
  }

  private epochGauge(): void {
    const { stream } = this;
    new Gauge({
      name: 'orderkeel_cdc_owner_epoch',
      help: 'How often a lane was taken over; the owner knows the newest',
      labelNames: ['executor', 'module', 'part'],
      registers: [this.metrics.registry],
      collect() {
        this.reset();
        for (const { executor, module, part, epoch } of stream.ownedLanes())
          this.set({ executor, module, part }, epoch);
      },
    });
  }

  private parkedAgeGauge(): void {
    const { db, clock } = this;
    new Gauge({
      name: 'orderkeel_cdc_parked_oldest_seconds',
      help: 'How long the key that waits longest has been parked; 0 when none is',
      registers: [this.metrics.registry],
      async collect() {
        const [row] = await db.bookkeeping((tx) =>
          tx.query<{ seconds: string | null }>(
            'SELECT extract(epoch FROM $1::timestamptz - min(parked_at))::text AS seconds FROM cdc.parked_key',
            [clock.now()],
          ),
        );
        this.set(Math.max(0, Number(row?.seconds ?? 0)));
      },
    });
  }
}
