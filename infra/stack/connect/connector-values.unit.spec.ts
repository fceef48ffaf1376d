import { describe, expect, it } from '@jest/globals';
import { connectorValues } from './connector-values.js';

const FILE = '/data/stack/connect/secrets/db.properties';

function placed(url: string) {
  return connectorValues(new URL(url), FILE);
}

describe('what the place of a connector decides', () => {
  it('names the database, and refers to the secrets without holding them', () => {
    const { values, secrets } = placed('postgresql://orderkeel_cdc:p%40ss@127.0.0.1:43211/orderkeel');
    expect(values).toMatchObject({
      'database.hostname': `\${file:${FILE}:host}`,
      'database.password': `\${file:${FILE}:password}`,
      'database.port': '43211',
      'database.user': 'orderkeel_cdc',
      'database.dbname': 'orderkeel',
      'database.sslmode': 'disable',
    });
    expect(secrets).toEqual({ host: '127.0.0.1', password: 'p@ss' });
    expect(JSON.stringify(values)).not.toContain('p@ss');
  });

  it('has one copy of every topic, since there is one broker', () => {
    const factors = Object.entries(placed('postgresql://a@b/c').values).filter(([name]) =>
      name.includes('replication'),
    );
    expect(factors).toEqual([
      ['topic.creation.single.replication.factor', '1'],
      ['topic.creation.default.replication.factor', '1'],
    ]);
  });

  it.each([
    ['?sslmode=verify-full&sslrootcert=/etc/ca.pem', 'verify-full', '/etc/ca.pem'],
    ['?sslmode=no-verify', 'require', undefined],
    ['', 'disable', undefined],
  ])('encrypts with %j as %s', (query, mode, certificate) => {
    const { values } = placed(`postgresql://cdc:x@db.example/orders${query}`);
    expect([values['database.port'], values['database.sslmode'], values['database.sslrootcert']]).toEqual([
      '5432',
      mode,
      certificate,
    ]);
  });
});
