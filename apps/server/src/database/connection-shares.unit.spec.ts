import { describe, expect, it } from '@jest/globals';
import { executorOf } from '@orderkeel/platform';
import { testConfiguration } from '../../../../test/support/application.js';
import { builtDeclarations } from '../built-modules.js';
import { connectionShares } from './connection-shares.js';

/** What the executors get when each of them has so many lanes. */
const withLanes = (lanes: number) => {
  const modules = builtDeclarations.map((declaration) => {
    const executors = declaration.executors.map((type) => [executorOf(type).name, { enabled: true, lanes }] as const);
    return [declaration.name, { settings: {}, executors: Object.fromEntries(executors) }] as const;
  });
  return connectionShares(builtDeclarations, testConfiguration({ modules: Object.fromEntries(modules) }));
};
const EXECUTORS = builtDeclarations.flatMap(({ executors }) => executors).length;

describe('the shares of the connections', () => {
  it('give each lane one, and a few beside', () => {
    expect(withLanes(1).executors).toBe(EXECUTORS + 4);
    expect(withLanes(2).executors).toBe(2 * EXECUTORS + 4);
  });

  it('fit into what PostgreSQL gives by default, beside another program, however many lanes there are', () => {
    expect(2 * withLanes(64).total).toBeLessThan(97);
    expect(withLanes(64).requests).toBe(withLanes(1).requests);
  });
});
