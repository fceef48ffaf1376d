import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { enabledModules } from '../reaction/consumer-switches.store.js';
import { CLOCK, type Clock } from '../time/clock.js';

/** How long what was seen is believed; other processes may switch modules too. */
const LOOK_EVERY_MS = 1000;

/** One look at the stored set; null on a database on which nothing was ever started. */
interface Look {
  readonly atMs: number;
  readonly modules: Promise<readonly string[] | null>;
}

/** Which modules the installation has switched on, at most a second ago; nobody who asks means no look. */
@Injectable()
export class EnabledModules {
  private last: Look | null = null;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All that is built is on where nothing is stored yet. */
  async has(module: string): Promise<boolean> {
    const modules = await this.look().modules;
    return modules === null || modules.includes(module);
  }

  /** This process has switched one itself, and will not believe what it saw before. */
  forget(): void {
    this.last = null;
  }

  private look(): Look {
    const nowMs = this.clock.nowMs();
    // A clock that was set back must not keep an old look alive.
    if (this.last && Math.abs(nowMs - this.last.atMs) < LOOK_EVERY_MS) return this.last;
    const look: Look = { atMs: nowMs, modules: this.db.bookkeeping(enabledModules) };
    this.last = look;
    // Who waits for it hears of the failure; the next one looks again.
    look.modules.catch(() => {
      if (this.last === look) this.last = null;
    });
    return look;
  }
}
