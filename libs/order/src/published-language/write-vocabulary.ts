import type { Installation } from '@orderkeel/platform';
import { namespaceOf } from '@orderkeel/platform/contract';

/** The words of all modules, with the one role that may write each. A word that is gone stays: old entries carry it. */
export async function writeVocabulary({ manifests, roleOf, query }: Installation): Promise<void> {
  for (const { name, vocabulary } of manifests) {
    for (const word of vocabulary) {
      await query(
        `INSERT INTO "order".status_vocabulary (code, namespace, module, writer, meaning, payload, category, severity)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (code) DO UPDATE SET module = excluded.module, writer = excluded.writer, meaning = excluded.meaning,
           payload = excluded.payload, category = excluded.category, severity = excluded.severity`,
        [
          word.code,
          namespaceOf(word.code),
          name,
          roleOf(name),
          word.meaning,
          word.payload,
          word.category ?? null,
          word.severity ?? null,
        ],
      );
    }
  }
}
