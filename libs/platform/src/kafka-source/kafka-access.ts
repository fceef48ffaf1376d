import type { KafkaConfig } from 'kafkajs';

/** How clients say who they are, in Kafka's words. */
export type SaslMechanism = 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

/** PEM texts of an encrypted connection; what is left out is Node's own. */
export interface KafkaTls {
  /** Who may have signed the brokers' certificates. */
  readonly ca?: string;
  /** Who this client is, and the key to prove it. */
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/** How this program gets into Kafka. It holds secrets: never log it. */
export interface KafkaAccess {
  /** Null: connections are not encrypted. */
  readonly tls: KafkaTls | null;
  /** Null: no login; a certificate may say who comes. */
  readonly sasl: {
    readonly mechanism: SaslMechanism;
    readonly username: string;
    readonly password: string;
  } | null;
}

/** The same for a client of kafkajs. */
export function clientAccess({ tls, sasl }: KafkaAccess): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return { ...(tls && { ssl: { ...tls } }), ...(sasl && { sasl: saslOptions(sasl) }) };
}

function saslOptions({ mechanism, username, password }: NonNullable<KafkaAccess['sasl']>) {
  switch (mechanism) {
    case 'PLAIN':
      return { mechanism: 'plain' as const, username, password };
    case 'SCRAM-SHA-256':
      return { mechanism: 'scram-sha-256' as const, username, password };
    case 'SCRAM-SHA-512':
      return { mechanism: 'scram-sha-512' as const, username, password };
  }
}
