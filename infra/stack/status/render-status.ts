import type { StackStatus } from './stack-status.js';

const TITLES = { postgres: 'PostgreSQL', broker: 'broker', connect: 'Kafka Connect' } as const;
/** What a stack always starts itself; PostgreSQL may be the user's own. */
const OURS = ['broker', 'connect'] as const;
const READ = { true: 'read', false: 'read by nobody', null: 'not known, since no PostgreSQL answers' };
const MIB = 1024 * 1024;

/** A status in lines for people: what runs and where, and whether changes flow. */
export function renderStatus({ processes, connector, slot }: StackStatus): string[] {
  if (processes.length === 0) return ['The stack does not run; npm run stack:up starts it.'];
  const missing = OURS.filter((wanted) => !processes.some(({ name }) => name === wanted));
  const task = connector.task === null ? 'no task' : `task ${connector.task}`;
  const flows =
    missing.length === 0 && connector.state === 'RUNNING' && connector.task === 'RUNNING' && slot.active === true;
  return [
    ...processes.map(({ name, pid, port, rssBytes }) => {
      const memory = rssBytes === null ? '' : `  ${Math.round(rssBytes / MIB)} MiB`;
      return line(TITLES[name], `process ${pid}  127.0.0.1:${port}${memory}`);
    }),
    ...missing.map((name) => line(TITLES[name], 'does not run')),
    line('connector', connector.state === null ? 'not known' : `${connector.state}, ${task}`),
    line('slot', `${slot.name}, ${READ[`${slot.active}`]}`),
    ...(flows ? [] : [whatToDo(missing.length === OURS.length, slot.active)]),
  ];
}

function whatToDo(isKafkaAway: boolean, isSlotRead: boolean | null): string {
  if (!isKafkaAway) return 'Changes do not flow; npm run stack:up repairs it.';
  if (isSlotRead) return 'Kafka does not run; a program reads the changes itself. End it before npm run stack:up.';
  return 'Kafka does not run; npm run stack:up starts it.';
}

function line(title: string, text: string): string {
  return `${title.padEnd(13)}  ${text}`;
}
