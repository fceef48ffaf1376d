import { idFrom, newId, type ModuleTx } from '@orderkeel/platform';
import type { IntentContent } from './intent-content.js';
import { keyOf } from './intent-key.js';
import { insertNewIntents, lockIntents, replaceContent } from './intent.store.js';
import { decideFirstSubmissions, decideSubmissions, type SubmitOutcome } from './submit.decide.js';

/** All submissions of one key in this command, in the order sent, under the ids that a new key gets. */
interface Submissions {
  readonly id: string;
  readonly orderId: string;
  readonly contents: IntentContent[];
  readonly outcomes: SubmitOutcome[];
}

/** What is received at one moment, by key. */
interface Command {
  readonly receivedAt: string;
  readonly byKey: ReadonlyMap<string, Submissions>;
}

/**
 * Receives intents, under order's role: one set-based insert, and for keys that were there a lock and at most one
 * update. A key twice is answered as if sent one after the other (interfaces 3).
 * @returns one outcome for each intent, in order
 */
export async function submitIntents(tx: ModuleTx, contents: readonly IntentContent[]): Promise<SubmitOutcome[]> {
  const command = commandOf(tx, contents);
  const known = await receiveNew(tx, command);
  if (known.length > 0) await resubmit(tx, command, known);
  return contents.map((content) => command.byKey.get(keyOf(content))!.outcomes.shift()!);
}

/**
 * Receives those of the intents whose keys are new, and so waits for nobody who works on one that was there.
 * @returns one outcome for each intent, in order; undefined where the key was there
 */
export async function submitNewIntents(
  tx: ModuleTx,
  contents: readonly IntentContent[],
): Promise<(SubmitOutcome | undefined)[]> {
  const command = commandOf(tx, contents);
  await receiveNew(tx, command);
  return contents.map((content) => command.byKey.get(keyOf(content))!.outcomes.shift());
}

function commandOf(tx: ModuleTx, contents: readonly IntentContent[]): Command {
  const receivedAt = tx.clock.now();
  return { receivedAt, byKey: groupByKey(contents, Date.parse(receivedAt), tx.tenantId) };
}

/** Inserts what is new, and gives the submissions whose keys were there. */
async function receiveNew(tx: ModuleTx, { byKey, receivedAt }: Command): Promise<Submissions[]> {
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, submissions]) => submissions);
  const last = ({ id, orderId, contents }: Submissions) => ({ id, orderId, content: contents.at(-1)! });
  const inserted = await insertNewIntents(tx, sorted.map(last), receivedAt);
  for (const { id, orderId, contents, outcomes } of sorted.filter(({ id }) => inserted.has(id)))
    outcomes.push(...decideFirstSubmissions(id, orderId, contents.map(hashOf)));
  return sorted.filter(({ id }) => !inserted.has(id));
}

async function resubmit(tx: ModuleTx, { byKey, receivedAt }: Command, known: readonly Submissions[]): Promise<void> {
  const replacements: { id: string; content: IntentContent }[] = [];
  for (const stored of await lockIntents(
    tx,
    known.map(({ contents }) => contents[0]!),
  )) {
    const { contents, outcomes } = byKey.get(keyOf(stored))!;
    const decision = decideSubmissions(stored, contents.map(hashOf));
    outcomes.push(...decision.outcomes);
    if (decision.winner !== undefined) replacements.push({ id: stored.id, content: contents[decision.winner]! });
  }
  await replaceContent(tx, replacements, receivedAt);
}

function groupByKey(contents: readonly IntentContent[], atMs: number, tenantId: string | null) {
  const byKey = new Map<string, Submissions>();
  for (const content of contents) {
    const { sourceSystem, orderIntentId } = content;
    const key = keyOf(content);
    const submissions = byKey.get(key) ?? {
      id: newId(atMs),
      orderId: idFrom(atMs, tenantId, sourceSystem, orderIntentId),
      contents: [],
      outcomes: [],
    };
    submissions.contents.push(content);
    byKey.set(key, submissions);
  }
  return byKey;
}

function hashOf({ contentHash }: IntentContent): string {
  return contentHash;
}
