import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { declarationOf } from '@orderkeel/platform';
import { builtModules } from '../../apps/server/src/built-modules.js';
import { connectorFor } from '../../libs/platform/src/change-stream/connector/connector-for.js';

describe('the shipped connector file', () => {
  it('is what the contracts of all built modules make', () => {
    const contracts = builtModules.flatMap((module) => declarationOf(module).publishes);
    const shipped: unknown = JSON.parse(readFileSync(new URL('orderkeel-connector.json', import.meta.url), 'utf8'));
    expect(shipped).toEqual(connectorFor(contracts, 'orderkeel'));
  });
});
