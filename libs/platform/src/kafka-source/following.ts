import { ExecutorRun } from '../change-source/executor-run.js';
import { LaneWatch } from '../change-source/lane-watch.js';
import type { Executor } from '../reaction/executor.js';
import { GroupMember, type MemberParts } from './group-member.js';
import { assertPlaces } from './places.js';

/** What an executor that follows its topic works with. */
export interface FollowingParts extends MemberParts {
  /** The Kafka cluster's own id. */
  readonly sourceId: string;
  /** Keys were parked. */
  parked(): void;
  /** A batch has failed for a reason that retrying cannot mend. */
  halted(reason: string): void;
}

/** An executor that follows its topic in this process: its lanes, and its member of the group that fills them. */
export class Following {
  readonly run: ExecutorRun;
  private readonly member: GroupMember;

  constructor(
    private readonly parts: FollowingParts,
    private readonly executor: Executor,
  ) {
    const { context } = parts;
    this.run = new ExecutorRun(executor, () => context.clock.nowMs());
    const watch = new LaneWatch(context, executor, this.run.breaker, {
      drained: () => {
        this.run.progressed();
        this.member.drained();
      },
      halted: (reason) => parts.halted(reason),
      lost: (error) => this.member.lost(error),
      parked: () => parts.parked(),
    });
    this.member = new GroupMember(parts, this.run, watch);
  }

  /** It reads the partitions that Kafka has given it. */
  get isReading(): boolean {
    return this.member.isReading;
  }

  /** Reads until it is to end; throws what keeps it from reading, LostPlace among others. */
  async untilEnded(): Promise<void> {
    const { member } = this;
    try {
      await Promise.race([this.join(), member.ended]);
      await member.ended;
    } finally {
      await member.leave();
    }
  }

  /** It is to end; in order when there is no error. */
  end(error: Error | null): void {
    this.member.end(error);
  }

  private async join(): Promise<void> {
    await assertPlaces(this.parts, this.executor);
    await this.member.join();
  }
}
