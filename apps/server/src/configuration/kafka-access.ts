import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KafkaAccess } from '@orderkeel/platform';
import { ConfigurationError } from './configuration-error.js';
import { contentOf, type Environment } from './environment.js';

type Variable = Extract<keyof Environment, `ORDERKEEL_KAFKA_S${string}`>;

const PROTOCOL = 'ORDERKEEL_KAFKA_SECURITY_PROTOCOL';
const CERTIFICATE = 'ORDERKEEL_KAFKA_SSL_CERTIFICATE_FILE';
const KEY = 'ORDERKEEL_KAFKA_SSL_KEY_FILE';

/**
 * How this program gets into Kafka, by the variables; certificates and keys are read and tried at once. Throws
 * ConfigurationError for what is missing, means nothing with the rest, or cannot be used.
 */
export function kafkaAccess(environment: Environment): KafkaAccess {
  const protocol = environment[PROTOCOL];
  const [isTls, isSasl] = [protocol.endsWith('SSL'), protocol.startsWith('SASL_')];
  if (!isTls) refuse(environment, 'ORDERKEEL_KAFKA_SSL_', 'SSL or SASL_SSL');
  if (!isSasl) refuse(environment, 'ORDERKEEL_KAFKA_SASL_', 'SASL_SSL');
  return { tls: isTls ? tlsOf(environment) : null, sasl: isSasl ? loginOf(environment) : null };
}

/** A password that is set and not used is a mistake that nobody would notice. */
function refuse(environment: Environment, prefix: string, instead: string): void {
  const given = (Object.keys(environment) as Variable[]).find(
    (name) => name.startsWith(prefix) && environment[name] !== undefined,
  );
  if (given === undefined) return;
  throw new ConfigurationError(`${given} means nothing with ${PROTOCOL}=${environment[PROTOCOL]}: write ${instead}`);
}

function loginOf(environment: Environment): KafkaAccess['sasl'] {
  const asked = (name: Variable, hint: string): string => {
    const value = environment[name];
    if (value !== undefined) return value;
    throw new ConfigurationError(`${name} is missing: ${PROTOCOL}=${environment[PROTOCOL]} needs a login; ${hint}`);
  };
  asked('ORDERKEEL_KAFKA_SASL_MECHANISM', 'write PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512');
  return {
    mechanism: environment.ORDERKEEL_KAFKA_SASL_MECHANISM!,
    username: asked('ORDERKEEL_KAFKA_SASL_USERNAME', "the user's name in Kafka"),
    password: asked('ORDERKEEL_KAFKA_SASL_PASSWORD', 'or name a file in ORDERKEEL_KAFKA_SASL_PASSWORD_FILE'),
  };
}

function tlsOf(environment: Environment): NonNullable<KafkaAccess['tls']> {
  const ca = textOf(environment, 'ORDERKEEL_KAFKA_SSL_CA_FILE');
  const [cert, key] = [textOf(environment, CERTIFICATE), textOf(environment, KEY)];
  const passphrase = environment.ORDERKEEL_KAFKA_SSL_KEY_PASSWORD;
  if (ca !== undefined) certificateIn('ORDERKEEL_KAFKA_SSL_CA_FILE', ca);
  if (cert !== undefined && key !== undefined) refuseMismatch(cert, key, passphrase);
  else if (cert !== key) {
    const [given, missing] = cert === undefined ? [KEY, CERTIFICATE] : [CERTIFICATE, KEY];
    throw new ConfigurationError(`${missing} is missing: it comes beside ${given}`);
  }
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(passphrase !== undefined && { passphrase }),
  };
}

function textOf(environment: Environment, variable: Variable): string | undefined {
  const file = environment[variable];
  return file === undefined ? undefined : contentOf(variable, file);
}

/** Otherwise the brokers would be refused, or refuse, for a reason that leads nobody to the file. */
function certificateIn(variable: string, text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    const advice = 'a Java key store is turned into one by openssl pkcs12 -in FILE -out FILE.pem';
    throw new ConfigurationError(`${variable} names a file that holds no certificate in PEM form: ${advice}`);
  }
}

function refuseMismatch(cert: string, key: string, passphrase: string | undefined): void {
  const certificate = certificateIn(CERTIFICATE, cert);
  const password = 'ORDERKEEL_KAFKA_SSL_KEY_PASSWORD';
  let fits: boolean;
  try {
    // Without a password OpenSSL would ask for one at the terminal.
    fits = certificate.checkPrivateKey(createPrivateKey({ key, passphrase: passphrase ?? '' }));
  } catch {
    throw new ConfigurationError(`${KEY} names a file that holds no key in PEM form, or ${password} does not open it`);
  }
  if (!fits) throw new ConfigurationError(`${KEY} names a key that is not the one of ${CERTIFICATE}`);
}
