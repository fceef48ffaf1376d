import { describe, expect, it } from '@jest/globals';
import type { Caller } from '@orderkeel/platform';
import { validateIntent, type IntentContent } from './intent-content.js';
import { anIntent } from '../../../../test/builders/an-intent.js';
import { SubmissionGroups } from './submission-groups.js';
import type { SubmitOutcome } from './submit.decide.js';

const ANYBODY: Caller = { tenantId: null, actor: 'anybody' };
const TENANT: Caller = { tenantId: '018f2c5e-0000-7000-8000-000000000001', actor: 'anybody' };

function content(orderIntentId: string): IntentContent {
  const validated = validateIntent(anIntent({ orderIntentId }));
  if ('faults' in validated) throw new Error(JSON.stringify(validated.faults));
  return validated.value;
}

/** A store whose transactions end when they are told to, and which refuses what is called `bad`. */
class Store {
  readonly groups: string[][] = [];
  private ends: (() => void)[] = [];

  readonly submit = async (_caller: Caller, contents: readonly IntentContent[]): Promise<SubmitOutcome[]> => {
    const ids = contents.map(({ orderIntentId }) => orderIntentId);
    this.groups.push(ids);
    await new Promise<void>((end) => this.ends.push(end));
    if (ids.includes('bad')) throw new Error(`${ids.join(' ')} failed`);
    return ids.map((id) => ({ verdict: 'received', id, orderId: id, state: 'received' }));
  };

  end(): void {
    for (const end of this.ends.splice(0)) end();
  }
}

describe('single intents', () => {
  const given = () => {
    const store = new Store();
    const groups = new SubmissionGroups(store.submit);
    return { store, send: (id: string, caller = ANYBODY) => groups.submit(caller, content(id)).then((o) => o.id) };
  };
  /** Ends transactions until all is answered. */
  const answered = async <T>(store: Store, sent: Promise<T>[]) => {
    const timer = setInterval(() => store.end(), 1);
    const settled = await Promise.allSettled(sent).finally(() => clearInterval(timer));
    return settled.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)));
  };

  it('that arrive while one is being stored share the next transaction, each with its own answer', async () => {
    const { store, send } = given();
    const sent = ['a', 'b', 'c'].map((id) => send(id));
    expect(await answered(store, sent)).toEqual(['a', 'b', 'c']);
    expect(store.groups).toEqual([['a'], ['b', 'c']]);
  });

  it('of different tenants share none', async () => {
    const { store, send } = given();
    const sent = [send('a'), send('b'), send('c', TENANT), send('d')];
    expect(await answered(store, sent)).toEqual(['a', 'b', 'c', 'd']);
    expect(store.groups).toEqual([['a'], ['b', 'd'], ['c']]);
  });

  it('are not refused for the fault of another one', async () => {
    const { store, send } = given();
    const sent = ['a', 'b', 'bad', 'c'].map((id) => send(id));
    expect(await answered(store, sent)).toEqual(['a', 'b', 'Error: bad failed', 'c']);
  });

  it('do not wait for long for a transaction that is stuck', async () => {
    const { store, send } = given();
    const sent = ['stuck', 'b'].map((id) => send(id));
    while (store.groups.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await answered(store, sent)).toEqual(['stuck', 'b']);
  });
});
