import { describe, expect, it } from '@jest/globals';
import { executorOf } from '@orderkeel/platform';
import { testConfiguration } from '../../../../test/support/application.js';
import { builtDeclarations } from '../built-modules.js';
import { connectionShares } from './connection-shares.js';

const embedded = { changes: 'embedded', run: null } as const;
const file = testConfiguration();
const onKafka = (...run: string[]) => connectionShares(builtDeclarations, { file, changes: 'kafka', run });

/** What the executors get when each of them has so many lanes. */
const withLanes = (lanes: number) => {
  const modules = builtDeclarations.map((declaration) => {
    const executors = declaration.executors.map((type) => [executorOf(type).name, { enabled: true, lanes }] as const);
    return [declaration.name, { settings: {}, executors: Object.fromEntries(executors) }] as const;
  });
  const configured = testConfiguration({ modules: Object.fromEntries(modules) });
  return connectionShares(builtDeclarations, { ...embedded, file: configured });
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

  it('are few where a process serves HTTP and nothing else', () => {
    expect(onKafka('http').executors).toBe(4);
    expect(onKafka('order', 'http').total).toBe(withLanes(64).total);
  });
});
