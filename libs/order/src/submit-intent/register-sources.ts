import type { Installation } from '@orderkeel/platform';

/** Writes down whose sources are whose; what no manifest names any more is forgotten. Two modules cannot share a source. */
export async function registerSources({ manifests, roleOf, query }: Installation): Promise<void> {
  await query('DELETE FROM "order".source_registration');
  for (const { name, submits = [] } of manifests)
    for (const source of submits)
      await query('INSERT INTO "order".source_registration (source_system, module, writer) VALUES ($1, $2, $3)', [
        source,
        name,
        roleOf(name),
      ]);
}
