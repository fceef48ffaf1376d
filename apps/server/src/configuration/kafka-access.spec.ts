import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaAccess } from './kafka-access.js';
import { readEnvironment } from './environment.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderkeel-access-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const access = (variables: Record<string, string>) =>
  kafkaAccess(
    readEnvironment(
      Object.fromEntries(Object.entries(variables).map(([name, value]) => [`ORDERKEEL_KAFKA_${name}`, value])),
    ),
  );

describe('how a program gets into Kafka', () => {
  it('is as open as Kafka itself, unless something is said', () => {
    expect(access({})).toEqual({ tls: null, sasl: null });
    expect(access({ SECURITY_PROTOCOL: 'ssl' })).toEqual({ tls: {}, sasl: null });
  });

  it('takes a password from a file, and words in any case', () => {
    const login = { SASL_USERNAME: 'shop', SASL_PASSWORD_FILE: file('password', 'secret\n') };
    expect(access({ SECURITY_PROTOCOL: 'sasl_ssl', SASL_MECHANISM: 'scram-sha-512', ...login })).toEqual({
      tls: {},
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'shop', password: 'secret' },
    });
  });

  it.each([
    [{ SECURITY_PROTOCOL: 'TLS' }, 'ORDERKEEL_KAFKA_SECURITY_PROTOCOL cannot be used: must be one of PLAINTEXT, SSL, '],
    [
      { SASL_MECHANISM: 'GSSAPI' },
      'ORDERKEEL_KAFKA_SASL_MECHANISM cannot be used: must be one of PLAIN, SCRAM-SHA-256',
    ],
    [
      { SASL_PASSWORD: 'x' },
      'SASL_PASSWORD means nothing with ORDERKEEL_KAFKA_SECURITY_PROTOCOL=PLAINTEXT: write SASL_SSL',
    ],
    [{ SECURITY_PROTOCOL: 'SSL', SASL_USERNAME: 'x' }, 'SASL_USERNAME means nothing with'],
    [{ SECURITY_PROTOCOL: 'SASL_PLAINTEXT', SSL_CA_FILE: 'x' }, 'SSL_CA_FILE means nothing with'],
    [{ SECURITY_PROTOCOL: 'SASL_SSL' }, 'ORDERKEEL_KAFKA_SASL_MECHANISM is missing'],
    [{ SECURITY_PROTOCOL: 'SASL_SSL', SASL_MECHANISM: 'PLAIN' }, 'ORDERKEEL_KAFKA_SASL_USERNAME is missing'],
    [
      { SECURITY_PROTOCOL: 'SASL_SSL', SASL_MECHANISM: 'PLAIN', SASL_USERNAME: 'x' },
      'name a file in ORDERKEEL_KAFKA_SASL_PASSWORD_FILE',
    ],
    [
      { SECURITY_PROTOCOL: 'SSL', SSL_CA_FILE: '/nowhere' },
      'ORDERKEEL_KAFKA_SSL_CA_FILE names /nowhere, which cannot be read',
    ],
  ])('is refused as %j, with what to write instead', (variables, message) => {
    expect(() => access(variables)).toThrow(message);
  });

  it('is refused where files are not what they should be, by the name of the variable', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = file('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    const tls = (variables: Record<string, string>) => () => access({ SECURITY_PROTOCOL: 'SSL', ...variables });
    expect(tls({ SSL_CA_FILE: key })).toThrow('ORDERKEEL_KAFKA_SSL_CA_FILE names a file that holds no certificate');
    expect(tls({ SSL_KEY_FILE: key })).toThrow('ORDERKEEL_KAFKA_SSL_CERTIFICATE_FILE is missing: it comes beside');
    expect(tls({ SSL_KEY_FILE: key, SSL_CERTIFICATE_FILE: key })).toThrow(
      'SSL_CERTIFICATE_FILE names a file that holds no',
    );
  });
});
