import { CommandFailure } from '../exit/command-failure.js';
import { withOrderkeel } from '../reach/reach.js';
import { bodyOf, type Reached } from '../reach/reached.js';
import { say, sayJson } from '../terminal/say.js';

/** Switches modules of the installation on or off: all of them, or, where one cannot be switched, none. */
export async function switchModules(names: readonly string[], enabled: boolean, json: boolean): Promise<void> {
  const wanted = [...new Set(names)];
  await refuseBefore(wanted, enabled);
  await withOrderkeel(async (reached) => {
    const step = enabled ? 'enable' : 'disable';
    const done: unknown[] = [];
    for (const name of wanted)
      done.push(await bodyOf(reached, 'POST', `/ops/modules/${encodeURIComponent(name)}/${step}`));
    if (json) return sayJson(done);
    for (const name of wanted) say(`${name} is ${enabled ? 'enabled' : 'disabled'}${at(reached, enabled)}.`);
    if (reached.via === 'server' && enabled)
      say('Restart Orderkeel where it was started without, so that it is there.');
  });
}

/** This program's own configuration decides at the next start, whatever the running server was started with. */
async function refuseBefore(names: readonly string[], enabled: boolean): Promise<void> {
  const { builtDeclarations, readConfiguration, refusalOf, switchableModules } =
    await import('../../../server/src/index.js');
  const built = switchableModules(builtDeclarations, readConfiguration(process.env, builtDeclarations));
  for (const name of names) {
    const module = built.find((each) => each.name === name);
    if (!module) {
      const known = built.filter(({ optional }) => optional).map((each) => each.name);
      throw new CommandFailure('refused', `There is no module ${name}; modules to switch: ${known.join(', ')}.`);
    }
    const refusal = refusalOf(module, enabled);
    if (refusal !== null) throw new CommandFailure('refused', `${refusal}.`);
  }
}

function at({ via }: Reached, enabled: boolean): string {
  if (via === 'database') return ' from the next start on';
  return enabled ? '' : ', its executors have stopped and its routes are gone';
}
