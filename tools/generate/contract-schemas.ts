import type { OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { jsonSchemaOf } from '@orderkeel/platform/contract';
import type { GeneratedFile } from './generated-file.js';

/** Folder that holds one schema per published contract, and nothing else. */
export const CONTRACTS_FOLDER = 'docs/contracts';

/** docs/contracts/<name>.schema.json: what outside consumers may rely on (interfaces 2). */
export function contractSchemas(modules: readonly OrderkeelModuleDeclaration[]): GeneratedFile[] {
  return modules
    .flatMap(({ publishes }) => publishes)
    .map((contract) => ({
      path: `${CONTRACTS_FOLDER}/${contract.name}.schema.json`,
      content: `${JSON.stringify(jsonSchemaOf(contract), null, 2)}\n`,
    }));
}
