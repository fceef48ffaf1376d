import { describe, expect, it } from '@jest/globals';
import { memberRefusalOf, refusalOf, withAdvice } from './refusal.js';

const error = (name: string, more: object = {}) => Object.assign(new Error(`${name} it is`), { name, ...more });
const wrapped = (cause: unknown) => error('KafkaJSNumberOfRetriesExceeded', { cause });
const saidOf = (found: unknown) => (found as Error).message;

describe('what Kafka refuses', () => {
  it.each([
    [error('KafkaJSSASLAuthenticationError'), 'ORDERKEEL_KAFKA_SASL_PASSWORD'],
    [error('KafkaJSProtocolError', { type: 'UNSUPPORTED_SASL_MECHANISM' }), 'ORDERKEEL_KAFKA_SASL_MECHANISM'],
    [error('KafkaJSConnectionError', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'ORDERKEEL_KAFKA_SSL_CA_FILE'],
    [error('KafkaJSConnectionError', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'ORDERKEEL_KAFKA_SSL_CA_FILE'],
    [error('KafkaJSConnectionError', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'ORDERKEEL_KAFKA_BROKERS'],
    [error('KafkaJSConnectionError', { code: 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE' }), 'SSL_CERTIFICATE_FILE'],
    [error('KafkaJSConnectionClosedError'), 'ORDERKEEL_KAFKA_SECURITY_PROTOCOL'],
  ])('comes with what to do about it: %s', (cause, advice) => {
    const found = withAdvice(wrapped(cause));
    expect(found).toMatchObject({ code: 'kafka-refused', retriable: true, cause: { cause } });
    expect(saidOf(found)).toContain(advice);
  });

  it('names the ACL that is missing, also where topics were refused one by one', () => {
    const refused = error('KafkaJSProtocolError', { type: 'TOPIC_AUTHORIZATION_FAILED' });
    expect(saidOf(refusalOf(wrapped(refused), 'Describe on the topic x'))).toContain('no Describe on the topic x');
    const several = error('KafkaJSAggregateError', { errors: [refused] });
    expect(saidOf(refusalOf(several, 'Create on x'))).toContain('Kafka allows no Create on x');
    expect(saidOf(memberRefusalOf(refused, 'x', 'g'))).toContain('no Read on the topic x');
    const group = error('KafkaJSProtocolError', { type: 'GROUP_AUTHORIZATION_FAILED' });
    expect(saidOf(memberRefusalOf(group, 'x', 'g'))).toContain('no Read on the group g');
    expect(saidOf(memberRefusalOf(error('KafkaJSGroupCoordinatorNotFound'), 'x', 'g'))).toContain(
      'no Read on the group g',
    );
  });

  it('is nothing else than what it is', () => {
    const other = wrapped(error('KafkaJSConnectionError', { code: 'ECONNREFUSED' }));
    expect([withAdvice(other), refusalOf(other, 'x'), memberRefusalOf(other, 'x', 'g')]).toEqual([other, other, other]);
  });
});
