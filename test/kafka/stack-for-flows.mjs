// Jest loads what prepares a run before it knows TypeScript, so this is plain JavaScript.
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the stack on which all flows of a run are captured; whoever has one already names it in FLOW_BROKERS. */
export default async function start() {
  if (process.env.FLOW_BROKERS) return;
  const dataDir = await mkdtemp(join(tmpdir(), 'orderkeel-stack-'));
  // As root, PostgreSQL runs as another user, who must get in.
  await chmod(dataDir, 0o711);
  process.env.FLOW_STACK_DIR = dataDir;
  endWithThisProcess(dataDir);
  const { brokers, connectUrl } = await stack('up', dataDir).then(JSON.parse, async (error) => {
    await end();
    throw error;
  });
  process.env.FLOW_BROKERS = brokers.join(',');
  process.env.FLOW_CONNECT_URL = connectUrl;
  process.env.FLOW_JARS = join(dataDir, 'stack/jars');
}

/** Ends what `start` has started. */
export async function end() {
  const dataDir = process.env.FLOW_STACK_DIR;
  if (dataDir === undefined) return;
  await stack('down', dataDir);
  await rm(dataDir, { recursive: true, force: true });
}

async function stack(command, dataDir) {
  const env = { ...process.env, ORDERKEEL_DATA_DIR: dataDir };
  return (await promisify(execFile)(process.execPath, argumentsOf(command), { cwd: root, env })).stdout;
}

/**
 * A run that is interrupted, or killed, calls nobody's teardown: a shell waits for the end of a pipe whose other end only this
 * process holds, and then ends the stack if that is still there.
 */
function endWithThisProcess(dataDir) {
  const script = 'read -r _; test -d "$ORDERKEEL_DATA_DIR" || exit; "$0" "$@"; rm -rf "$ORDERKEEL_DATA_DIR"';
  const watcher = spawn('/bin/sh', ['-c', script, process.execPath, ...argumentsOf('down')], {
    cwd: root,
    env: { ...process.env, ORDERKEEL_DATA_DIR: dataDir },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  watcher.stdin.unref();
}

function argumentsOf(command) {
  return ['--import', './tools/typescript-hooks.mjs', `infra/stack/${command}-program.ts`, '--json'];
}
