import { left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import type { ProfileFigure } from './profile.js';

const STATEMENTS = 25;
const FUNCTIONS = 30;
const PACKAGES = 14;
const LONGEST_TEXT = 110;

/** One load's profile for people. */
export function renderProfile({
  load,
  orders,
  seconds,
  work,
  cpuSeconds,
  use,
  statements,
  hops,
  node,
}: ProfileFigure): string[] {
  const perOrder = (total: number, digits = 2) => (total / orders).toFixed(digits);
  const calls = Object.values(work.statements).reduce((sum, each) => sum + each, 0);
  const cpu = Object.entries(cpuSeconds).sort(([, one], [, other]) => other - one);
  const shares = (share: ProfileFigure['node']['byFunction'], most: number) =>
    share.slice(0, most).map(([name, ms]) => [name, perOrder(ms, 3)]);
  return [
    '',
    `${load}: ${orders} orders in ${seconds.toFixed(1)} s; for an order ${perOrder(calls)} statements, ` +
      `${perOrder(work.commits)} commits, ${perOrder(work.walBytes, 0)} bytes of WAL`,
    mark([{ use }]),
    '',
    ...table(
      [left('process'), right('CPU ms/order')],
      cpu.map(([name, each]) => [name, perOrder(each * 1000, 3)]),
    ),
    '',
    ...table(
      [left('hop'), right('p50 ms'), right('p99 ms')],
      hops.map(({ name, p50, p99 }) => [name, p50.toFixed(1), p99.toFixed(1)]),
    ),
    '',
    ...table([left('package'), right('ms/order')], shares(node.byPackage, PACKAGES)),
    '',
    ...table([left('function'), right('ms/order')], shares(node.byFunction, FUNCTIONS)),
    '',
    ...table(
      [left('statement'), right('ms/order'), right('calls/order'), right('ms/call'), right('WAL bytes/order')],
      statements
        .slice(0, STATEMENTS)
        .map(({ text, calls: called, ms, walBytes: bytes }) => [
          text.slice(0, LONGEST_TEXT),
          perOrder(ms, 3),
          perOrder(called, 3),
          (ms / called).toFixed(3),
          perOrder(bytes, 0),
        ]),
    ),
  ];
}
