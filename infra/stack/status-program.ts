// `npm run stack:status`: what runs of the stack of the data folder, and whether changes flow. It always ends with 0: it tells.
import { runProgram, say } from './run-program.js';
import { stackPlace } from './stack-place.js';
import { renderStatus } from './status/render-status.js';
import { stackStatus } from './status/stack-status.js';

await runProgram('stack:status', async ({ json }) => {
  const status = await stackStatus(await stackPlace(process.env), process.env);
  if (json) say(JSON.stringify(status, null, 2));
  else renderStatus(status).forEach(say);
});
