import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Executor } from './executor.js';

const LABELS = ['executor', 'module'] as const;

/** The change stream's metrics; names and labels of reliability 3.12. */
export class StreamMetrics {
  readonly events: Counter<'executor' | 'module' | 'table' | 'op' | 'result'>;
  readonly batchSeconds: Histogram<'executor' | 'module'>;
  readonly batchSize: Histogram<'executor' | 'module'>;
  readonly skipped: Counter<'executor' | 'module'>;
  readonly fenceRejected: Counter<'executor' | 'module'>;
  readonly retries: Counter<'executor' | 'module' | 'sqlstate'>;
  readonly redriven: Counter<'executor' | 'module' | 'result'>;
  readonly sweepRepaired: Counter<'executor' | 'module'>;
  readonly effectConflicts: Counter<'executor' | 'module'>;
  readonly snapshotKeysLeft: Gauge<'executor' | 'module'>;
  readonly rebalances: Counter<'executor' | 'module'>;

  constructor(registry: Registry) {
    const registers = [registry];
    const name = (suffix: string) => `orderkeel_cdc_${suffix}`;
    const count = (suffix: string, help: string) =>
      new Counter({ name: name(`${suffix}_total`), help, labelNames: LABELS, registers });
    this.events = new Counter({
      name: name('events_total'),
      help: 'Change events applied or parked',
      labelNames: [...LABELS, 'table', 'op', 'result'],
      registers,
    });
    this.batchSeconds = new Histogram({
      name: name('batch_seconds'),
      help: 'Time of a batch transaction',
      labelNames: LABELS,
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    });
    this.batchSize = new Histogram({
      name: name('batch_size'),
      help: 'Change events in a batch',
      labelNames: LABELS,
      buckets: [1, 5, 20, 50, 100, 200, 500, 1000, 2000],
      registers,
    });
    this.skipped = count('duplicates_skipped', 'Change events that came again and were applied already');
    this.fenceRejected = count('fence_rejected', 'Batches refused because another process owns the lane');
    this.retries = new Counter({
      name: name('retries_total'),
      help: 'Batches tried again',
      labelNames: [...LABELS, 'sqlstate'],
      registers,
    });
    this.redriven = new Counter({
      name: name('redrive_total'),
      help: 'Parked keys tried again',
      labelNames: [...LABELS, 'result'],
      registers,
    });
    this.sweepRepaired = count(
      'sweep_repaired',
      'Causes without effect that the sweep found and worked off: each would have been lost',
    );
    this.effectConflicts = count(
      'effect_conflict',
      'Keys parked because an effect of the same id and other content was there already',
    );
    this.snapshotKeysLeft = new Gauge({
      name: name('snapshot_keys_left'),
      help: 'Keys that a catch-up still has to work through',
      labelNames: LABELS,
      registers,
    });
    this.rebalances = count('rebalances', 'Times that Kafka has shared out the partitions anew');
  }

  /** The labels of an executor. */
  static labels(executor: Pick<Executor, 'name' | 'module'>): { executor: string; module: string } {
    return { executor: executor.name, module: executor.module };
  }
}
