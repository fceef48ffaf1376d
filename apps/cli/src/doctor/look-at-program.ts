import { unknownVariables } from '../../../server/src/index.js';
import { well, found, warning, type Look } from './look.js';

/** Node.js, which bin/orderkeel.js has let pass, and what of the environment is ours. Secrets are named, not shown. */
export function lookAtProgram(): Look[] {
  const unknown = unknownVariables(process.env);
  const names = Object.keys(process.env).filter((name) => name.startsWith('ORDERKEEL_'));
  const says = names.length === 0 ? 'no variable is set' : names.sort().join(', ');
  const misspelt = unknown.map((name) => warning(`${name} means nothing to Orderkeel: correct it or leave it out.`));
  return [well('Node.js', process.versions.node), found('environment', says, ...misspelt)];
}
