import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Database } from '../database/database.js';
import { Metrics } from '../http/metrics/metrics.js';
import { ChangeStreamView } from './change-stream-view.js';

/** What wal_status may say. */
const WAL_STATUSES = ['reserved', 'extended', 'unreserved', 'lost'] as const;

interface SlotRow {
  readonly retained: string | null;
  readonly unconfirmed: string | null;
  readonly safe: string | null;
  readonly status: string | null;
}

/**
 * The replication slot as the server sees it, read when somebody scrapes, by one statement for all gauges, whichever
 * process reads the slot (names: reliability 3.12).
 */
@Injectable()
export class SlotMetrics implements OnModuleInit {
  private reading: Promise<SlotRow | undefined> | null = null;

  constructor(
    private readonly metrics: Metrics,
    private readonly db: Database,
    private readonly stream: ChangeStreamView,
  ) {}

  onModuleInit(): void {
    this.gauge('slot_retained_bytes', 'WAL that the replication slot keeps from being removed', (row) => row.retained);
    this.gauge('confirmed_flush_lag_bytes', 'WAL that the slot may not forget yet', (row) => row.unconfirmed);
    // Without a limit the server gives none, and nothing is ever removed.
    const safe = (row: SlotRow) => row.safe ?? 'Infinity';
    this.gauge('slot_safe_wal_bytes', 'WAL that may still be written before the slot is lost', safe);
    this.statusGauge();
  }

  private gauge(name: string, help: string, value: (row: SlotRow) => string | null): void {
    const { stream } = this;
    const read = () => this.read();
    new Gauge({
      name: `orderkeel_cdc_${name}`,
      help,
      labelNames: ['slot'],
      registers: [this.metrics.registry],
      async collect() {
        const row = await read();
        this.reset();
        if (row) this.set({ slot: stream.slot }, Number(value(row) ?? 0));
      },
    });
  }

  private statusGauge(): void {
    const { stream } = this;
    const read = () => this.read();
    new Gauge({
      name: 'orderkeel_cdc_slot_wal_status',
      help: '1 for what the server says of the WAL that the slot needs',
      labelNames: ['slot', 'status'],
      registers: [this.metrics.registry],
      async collect() {
        const row = await read();
        this.reset();
        if (!row) return;
        for (const status of WAL_STATUSES) this.set({ slot: stream.slot, status }, status === row.status ? 1 : 0);
      },
    });
  }

  /** Gauges of one scrape are collected side by side and share the answer. */
  private read(): Promise<SlotRow | undefined> {
    this.reading ??= this.ask().finally(() => (this.reading = null));
    return this.reading;
  }

  private async ask(): Promise<SlotRow | undefined> {
    const [row] = await this.db.bookkeeping((tx) =>
      tx.query<SlotRow>(
        `SELECT (pg_current_wal_lsn() - restart_lsn)::text AS retained,
                (pg_current_wal_lsn() - confirmed_flush_lsn)::text AS unconfirmed,
                safe_wal_size::text AS safe, wal_status AS status
           FROM pg_replication_slots WHERE slot_name = $1`,
        [this.stream.slot],
      ),
    );
    return row;
  }
}
