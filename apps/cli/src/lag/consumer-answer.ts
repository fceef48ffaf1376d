/** An executor as `GET /ops/consumers` answers it (interfaces 3). */
export interface ConsumerAnswer {
  readonly executor: string;
  readonly module: string;
  readonly state: 'DISABLED' | 'NEEDS_SNAPSHOT' | 'ONBOARDING' | 'SNAPSHOTTING' | 'RUNNING' | 'PAUSED';
  /** Null: not known. */
  readonly lagSeconds: number | null;
  readonly lagEvents: number | null;
  readonly parkedKeys: number;
  readonly secondsSinceProgress: number | null;
  readonly reason: string | null;
  readonly snapshotKeysLeft: number | null;
}
