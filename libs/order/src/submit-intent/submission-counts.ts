import { Injectable } from '@nestjs/common';
import { Metrics } from '@orderkeel/platform';
import { Counter } from 'prom-client';
import type { SubmitOutcome } from './submit.decide.js';

/** Sources are named by callers; more than this many are counted together, so that nobody can flood the metrics. */
const MAX_SOURCES = 200;

/** Counts what became of submissions by source: many repeats or refusals reveal a misconfigured one (order S1.79). */
@Injectable()
export class SubmissionCounts {
  private readonly sources = new Set<string>();
  private readonly counter: Counter<'source' | 'verdict'>;

  constructor(metrics: Metrics) {
    this.counter = new Counter({
      name: 'orderkeel_order_intents_submitted_total',
      help: 'Submitted order intents by source system and by what became of them: received, replaced, repeated, already-accepted',
      labelNames: ['source', 'verdict'],
      registers: [metrics.registry],
    });
  }

  count(sourceSystem: string, verdict: SubmitOutcome['verdict']): void {
    if (this.sources.size < MAX_SOURCES) this.sources.add(sourceSystem);
    this.counter.inc({ source: this.sources.has(sourceSystem) ? sourceSystem : 'others', verdict });
  }
}
