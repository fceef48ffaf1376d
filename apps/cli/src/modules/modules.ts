import { withOrderkeel } from '../reach/reach.js';
import { bodyOf } from '../reach/reached.js';
import { paint } from '../terminal/paint.js';
import { say, sayJson } from '../terminal/say.js';
import { table } from '../terminal/table.js';

interface ModuleAnswer {
  readonly module: string;
  readonly enabled: boolean;
  readonly executors: readonly { readonly executor: string; readonly enabled: boolean; readonly state: string }[];
}

/** Lists the modules that were built. */
export async function listModules(json: boolean): Promise<void> {
  await withOrderkeel(async (reached) => {
    const answer = await bodyOf<{ items: readonly ModuleAnswer[] }>(reached, 'GET', '/ops/modules');
    if (json) return sayJson(answer.items);
    const columns = [{ title: 'module' }, { title: '' }, { title: 'executor' }, { title: 'state' }];
    say(...table(columns, answer.items.flatMap(rowsOf)));
  });
}

function rowsOf({ module, enabled, executors }: ModuleAnswer): string[][] {
  const on = enabled ? paint.good('on') : paint.dim('off');
  const [first, ...others] = executors;
  return [
    [paint.bold(module), on, first?.executor ?? paint.dim('no executor'), first?.state ?? ''],
    ...others.map(({ executor, state }) => ['', '', executor, state]),
  ];
}
