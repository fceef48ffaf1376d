import { setTimeout as after } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** What a probe found. */
export interface HealthFinding {
  readonly ok: boolean;
  /** For people and dashboards: what is wrong, or a figure. Nothing secret, nothing personal. */
  readonly detail?: string;
}

/** One thing whose health decides whether this process may get requests, or must be restarted. */
export interface HealthProbe {
  readonly name: string;
  /** `liveness`: only a restart helps. Default `readiness`: no requests until it is well again. */
  readonly decides?: 'readiness' | 'liveness';
  check(): Promise<HealthFinding>;
}

/** All findings of one kind. */
export interface HealthReport {
  readonly status: 'ok' | 'failing';
  readonly probes: Readonly<Record<string, HealthFinding>>;
}

/** A probe that says nothing for this long is not well. */
const ANSWER_WITHIN_MS = 2000;

/** Whoever has something to say about health registers here. */
@Injectable()
export class HealthProbes {
  private readonly probes: HealthProbe[] = [];

  /** @throws Error when the name is taken, because the report names each probe once */
  register(probe: HealthProbe): void {
    if (this.probes.some(({ name }) => name === probe.name)) throw new Error(`There is a probe ${probe.name} already`);
    this.probes.push(probe);
  }

  /** Asks every probe of a kind, all at once. Never throws. */
  async report(kind: 'readiness' | 'liveness'): Promise<HealthReport> {
    const asked = this.probes.filter(({ decides = 'readiness' }) => decides === kind);
    const findings = await Promise.all(asked.map(async (probe) => [probe.name, await ask(probe)] as const));
    return {
      status: findings.every(([, { ok }]) => ok) ? 'ok' : 'failing',
      probes: Object.fromEntries(findings),
    };
  }
}

async function ask(probe: HealthProbe): Promise<HealthFinding> {
  const enough = new AbortController();
  const silence = after(ANSWER_WITHIN_MS, { ok: false, detail: `no answer within ${ANSWER_WITHIN_MS} ms` }, enough);
  try {
    return await Promise.race([probe.check(), silence]);
  } catch (error) {
    return { ok: false, detail: (error as Error).message };
  } finally {
    enough.abort();
    silence.catch(() => undefined);
  }
}
