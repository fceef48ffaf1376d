import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ImportFailure } from './import-failure.js';
import type { ImportMap } from './import-map.js';
import { uciOnlineRetail } from './maps/uci-online-retail.js';

const BUILT_IN: readonly ImportMap[] = [uciOnlineRetail];

/** A built-in map by its name, or the default export of a module by its path. `wrong-usage` where it is neither. */
export async function loadMap(nameOrPath: string): Promise<ImportMap> {
  const builtIn = BUILT_IN.find(({ name }) => name === nameOrPath);
  if (builtIn) return builtIn;
  const names = BUILT_IN.map(({ name }) => name).join(', ');
  const advice = `give a built-in map (${names}) or a JavaScript module`;
  const wrongUsage = (why: string, cause?: unknown) =>
    new ImportFailure('wrong-usage', `map ${nameOrPath} ${why}: ${advice}`, cause);
  const module = (await import(pathToFileURL(resolve(nameOrPath)).href).catch((error: unknown) => {
    throw wrongUsage(`cannot be loaded (${(error as Error).message})`, error);
  })) as { default?: Partial<ImportMap> };
  if (!isMap(module.default)) throw wrongUsage('has no ImportMap for its default export');
  return module.default;
}

function isMap(map: Partial<ImportMap> | undefined): map is ImportMap {
  const functions = [map?.read, map?.tracked, map?.productOf];
  const texts = [map?.name, map?.source, map?.currency];
  return (
    functions.every((member) => typeof member === 'function') &&
    texts.every((member) => typeof member === 'string') &&
    Array.isArray(map?.columns)
  );
}
