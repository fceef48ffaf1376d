import { brokerSettings } from '../../infra/stack/settings/broker-settings.js';
import type { Setting } from '../../infra/stack/settings/setting.js';

/** Who may log in, and by which password; of everybody else nothing is known. */
export type Logins = Readonly<Record<string, string>>;

const why = 'Who comes must say who it is, and may do what it was allowed.';
const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

/** The shipped broker with three doors: one for itself and the test, one for logins, one for certificates. */
export function securedBroker(
  [port = 0, controllerPort = 0, loginPort = 0, certificatePort = 0]: readonly number[],
  place: { dataFolder: string; keyFile: string; caFile: string; logins: Logins },
): Setting[] {
  const doors = [
    `PLAINTEXT://127.0.0.1:${port}`,
    `LOGIN://127.0.0.1:${loginPort}`,
    `CERT://127.0.0.1:${certificatePort}`,
  ];
  const listeners = [...doors, `CONTROLLER://127.0.0.1:${controllerPort}`].join(',');
  const users = Object.entries(place.logins).map(([name, password]) => `user_${name}="${password}"`);
  return replaced(brokerSettings({ port, controllerPort, dataFolder: place.dataFolder }), {
    listeners,
    'advertised.listeners': listeners,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,CERT:SSL',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': place.keyFile,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': place.caFile,
    'ssl.principal.mapping.rules': 'RULE:^CN=(.*)$/$1/',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
    'listener.name.login.scram-sha-512.sasl.jaas.config': `${SCRAM};`,
    'listener.name.login.plain.sasl.jaas.config': `${PLAIN} ${users.join(' ')};`,
    'listener.name.cert.ssl.client.auth': 'required',
  });
}

/** What Kafka Connect needs to log in: as itself for its own topics, and as another for what connectors do. */
export function securedConnect(
  settings: readonly Setting[],
  { caFile, worker, connector }: { caFile: string; worker: [string, string]; connector: [string, string] },
): Setting[] {
  const access = ([name, password]: [string, string]) => ({
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': `${SCRAM} username="${name}" password="${password}";`,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': caFile,
  });
  const connectors = ['producer', 'consumer', 'admin'].flatMap((client) =>
    Object.entries(access(connector)).map(([name, value]) => [`${client}.${name}`, value] as const),
  );
  return replaced(settings, { ...access(worker), ...Object.fromEntries(connectors) });
}

function replaced(settings: readonly Setting[], by: Readonly<Record<string, string>>): Setting[] {
  const kept = settings.filter(({ name }) => by[name] === undefined);
  return [...kept, ...Object.entries(by).map(([name, value]) => ({ name, value, why }))];
}
