/**
 * Kafka knows who we are, or wants to, and says no; the message says what is missing, and holds no secret. It is waited for:
 * a person may allow it at any time, and starting the program again would change nothing.
 */
class KafkaRefusal extends Error {
  readonly code = 'kafka-refused';
  readonly retriable = true;
}

/** What is known of an error of kafkajs, which wrap each other. */
interface ClientError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly type?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

const UNTRUSTED =
  /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)$/;

/** By name, type, code or message of what kafkajs throws: what to do about it. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^KafkaJSSASLAuthenticationError$/,
    'the brokers do not accept the login: see ORDERKEEL_KAFKA_SASL_USERNAME, ORDERKEEL_KAFKA_SASL_PASSWORD and _MECHANISM',
  ],
  [/^UNSUPPORTED_SASL_MECHANISM$/, 'the brokers take another ORDERKEEL_KAFKA_SASL_MECHANISM'],
  [UNTRUSTED, "name who has signed the brokers' certificates in ORDERKEEL_KAFKA_SSL_CA_FILE"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "the brokers' certificates must be for the names in ORDERKEEL_KAFKA_BROKERS"],
  [/^CERT_HAS_EXPIRED$/, "the brokers' certificates must be renewed"],
  [
    /^ERR_SSL_.*_ALERT_/,
    'the brokers want a certificate that they trust: see ORDERKEEL_KAFKA_SSL_CERTIFICATE_FILE and _KEY_FILE',
  ],
  [
    /^KafkaJSConnectionClosedError$|before secure TLS connection/,
    'where brokers and clients differ in TLS or login, see ORDERKEEL_KAFKA_SECURITY_PROTOCOL',
  ],
];

/** The error with what to do about it, where it is about who may connect; else as it is. */
export function withAdvice(error: unknown): unknown {
  for (const each of chain(error)) {
    const marks = [each.name, each.type, each.code, each.message].map(String);
    const advice = ADVICE.find(([pattern]) => marks.some((mark) => pattern.test(mark)))?.[1];
    if (advice !== undefined) return new KafkaRefusal(`${each.message?.trim()}; ${advice}`, { cause: error });
  }
  return error;
}

/** A refusal that names what is `lacking`, e.g. `Read on the topic x`, where that is why it failed; else the error as it is. */
export function refusalOf(error: unknown, lacking: string): unknown {
  const refused = chain(error).some(({ type }) => type?.endsWith('_AUTHORIZATION_FAILED'));
  return refused ? lack(lacking, error) : error;
}

/** The same for a member of a group, of whose refusal kafkajs may only say that its coordinator was not found. */
export function memberRefusalOf(error: unknown, topic: string, group: string): unknown {
  const all = chain(error);
  if (all.some(({ type, name }) => type === 'GROUP_AUTHORIZATION_FAILED' || name === 'KafkaJSGroupCoordinatorNotFound'))
    return lack(`Read on the group ${group}`, error);
  return refusalOf(error, `Read on the topic ${topic}`);
}

function lack(lacking: string, cause: unknown): KafkaRefusal {
  const advice = 'allow it to the user as whom this program comes; npm run -s stack:acls prints all that is needed';
  return new KafkaRefusal(`Kafka allows no ${lacking}: ${advice} (${(cause as Error).message})`, { cause });
}

/** The error, what it was made of and what made it. */
function chain(error: unknown): ClientError[] {
  if (typeof error !== 'object' || error === null) return [];
  const { cause, errors = [] } = error as ClientError;
  return [error, ...[cause, ...errors].flatMap(chain)];
}
