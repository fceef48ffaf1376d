// `npm run stack:down`: ends the stack of the data folder; the data stays.
import { existsSync } from 'node:fs';
import { down } from './down.js';
import { runProgram, say } from './run-program.js';
import { inStackFolder } from './stack-folder.js';
import { stackPlace } from './stack-place.js';

await runProgram('stack:down', async ({ json }) => {
  const place = await stackPlace(process.env);
  const tell = json ? (line: string) => void process.stderr.write(`${line}\n`) : say;
  const ended = existsSync(place.folder.root) ? await inStackFolder(place.folder, () => down(place, tell)) : [];
  if (json) say(JSON.stringify({ ended }, null, 2));
  else if (ended.length === 0) say('Nothing of the stack was running.');
});
