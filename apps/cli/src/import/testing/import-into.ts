import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportOptions, ImportSummary } from '../import-options.js';
import { runImport } from '../run-import.js';
import { ModelServer } from './model-server.js';

/** Runs the work against a model server of its own. */
export async function withModelServer<Result>(work: (model: ModelServer, baseUrl: string) => Promise<Result>) {
  const model = new ModelServer();
  const baseUrl = await model.listen();
  try {
    return await work(model, baseUrl);
  } finally {
    await model.close();
  }
}

/** Imports texts as if each were a file, in order. */
export async function importTexts(
  baseUrl: string,
  texts: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<ImportSummary> {
  const folder = await mkdtemp(join(tmpdir(), 'import-spec-'));
  try {
    const files = texts.map((_, index) => join(folder, `file-${index}`));
    for (const [index, text] of texts.entries()) await writeFile(files[index]!, text);
    return await runImport({ files, baseUrl, ...options });
  } finally {
    await rm(folder, { recursive: true });
  }
}
