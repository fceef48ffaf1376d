import type { ConfiguredConsumer } from '../reaction/consumer-switches.store.js';

/** A module that this program was built with, as far as operations may switch it. */
export interface SwitchableModule {
  readonly name: string;
  /** False: part of the core, always on. */
  readonly optional: boolean;
  /** What settles it anew at every start, e.g. `ORDERKEEL_MODULES`; null: what is stored holds. */
  readonly decidedBy: string | null;
  /** Its executors, with the switches of their own, in a module that is on or off. */
  consumers(enabled: boolean): readonly ConfiguredConsumer[];
}

/** Injection token of all modules that were built, `readonly SwitchableModule[]`. */
export const SWITCHABLE_MODULES = Symbol('SwitchableModules');

/** Why a module cannot be switched so, and what to do instead; null: it can. */
export function refusalOf({ name, optional, decidedBy }: SwitchableModule, enabled: boolean): string | null {
  if (!optional) return enabled ? null : `${name} is part of the core and cannot be switched off`;
  if (decidedBy === null) return null;
  return `${decidedBy} decides at every start whether ${name} is enabled, and wins: change it there`;
}
