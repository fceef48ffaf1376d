import { describe, expect, it } from '@jest/globals';
import type { Caller } from '@orderkeel/platform';
import { validateIntent, type IntentContent } from './intent-content.js';
import { anIntent } from '../../../../test/builders/an-intent.js';
import { SubmissionGroups, type Reception } from './submission-groups.js';
import type { SubmitOutcome } from './submit.decide.js';

const ANYBODY: Caller = { tenantId: null, actor: 'anybody' };
const TENANT: Caller = { tenantId: '018f2c5e-0000-7000-8000-000000000001', actor: 'anybody' };

function content(orderIntentId: string): IntentContent {
  const validated = validateIntent(anIntent({ orderIntentId }));
  if ('faults' in validated) throw new Error(JSON.stringify(validated.faults));
  return validated.value;
}

/**
 * Receives when it is told to. It knows what is called `known` before, refuses what is called `bad`, and is down for as long
 * as it is told.
 */
class Store implements Reception {
  readonly groups: string[][] = [];
  down = false;
  private ends: (() => void)[] = [];

  async submit(_caller: Caller, contents: readonly IntentContent[]): Promise<SubmitOutcome[]> {
    const ids = await this.transaction(contents);
    return ids.map((id) => ({ verdict: 'received', id, orderId: id, state: 'received' }));
  }

  async submitNew(caller: Caller, contents: readonly IntentContent[]): Promise<(SubmitOutcome | undefined)[]> {
    const outcomes = await this.submit(caller, contents);
    return outcomes.map((outcome) => (outcome.id.startsWith('known') ? undefined : outcome));
  }

  end(): void {
    for (const end of this.ends.splice(0)) end();
  }

  private async transaction(contents: readonly IntentContent[]): Promise<string[]> {
    const ids = contents.map(({ orderIntentId }) => orderIntentId);
    this.groups.push(ids);
    await new Promise<void>((end) => this.ends.push(end));
    if (this.down) throw Object.assign(new Error('the server is down'), { code: '08006' });
    if (ids.includes('bad')) throw new Error(`${ids.join(' ')} failed`);
    return ids;
  }
}

describe('single intents', () => {
  const given = () => {
    const store = new Store();
    const groups = new SubmissionGroups(store);
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

  it('whose keys were there do not keep the others, and stay in order', async () => {
    const { store, send } = given();
    const sent = ['a', 'known', 'b', 'known', 'known too'].map((id) => send(id));
    expect(await answered(store, sent)).toEqual(['a', 'known', 'b', 'known', 'known too']);
    expect(store.groups).toEqual([['a'], ['known', 'b', 'known', 'known too'], ['known', 'known'], ['known too']]);
  });

  it('are refused together while the server is down, and not tried one by one', async () => {
    const { store, send } = given();
    store.down = true;
    const sent = ['a', 'b', 'c'].map((id) => send(id));
    expect(await answered(store, sent)).toEqual(Array(3).fill('Error: the server is down'));
    expect(store.groups).toEqual([['a'], ['b', 'c']]);
    store.down = false;
    expect(await answered(store, [send('d')])).toEqual(['d']);
  });

  it('do not wait for long for a transaction that is stuck', async () => {
    const { store, send } = given();
    const sent = ['stuck', 'b'].map((id) => send(id));
    while (store.groups.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await answered(store, sent)).toEqual(['stuck', 'b']);
  });
});
