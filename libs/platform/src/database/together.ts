/**
 * Statements of one transaction that are sent without waiting for each other's answers: the server works them off in this
 * order, each behind the one before, and all of them cost one round trip. Rejects with the first failure, and only when
 * none of them has anything more to say: what came later would be said behind the rollback.
 */
export async function together<Results extends readonly unknown[]>(
  ...statements: { readonly [Nth in keyof Results]: Promise<Results[Nth]> }
): Promise<Results> {
  const settled = await Promise.allSettled(statements);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  }) as unknown as Results;
}
