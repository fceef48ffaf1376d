/** How a Kafka client gets in, as far as others may know: no secret is in it. */
export interface BrokerAccess {
  /** `host:port` of brokers to begin with. */
  readonly brokers: readonly string[];
  /** True: connections are encrypted. */
  readonly tls: boolean;
  /** How clients say who they are. */
  readonly authentication: 'none' | 'certificate' | 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
}

const SCHEMES = {
  certificate: { type: 'X509', description: "The client's certificate says who it is" },
  PLAIN: { type: 'plain', description: 'SASL PLAIN' },
  'SCRAM-SHA-256': { type: 'scramSha256', description: 'SASL SCRAM-SHA-256' },
  'SCRAM-SHA-512': { type: 'scramSha512', description: 'SASL SCRAM-SHA-512' },
} as const;

interface Servers {
  readonly servers: object;
  /** To be spread among the components; empty where nobody has to say who they are. */
  readonly securitySchemes: { readonly securitySchemes?: object };
}

/** The brokers as AsyncAPI's servers, and the scheme by which they ask who comes. */
export function serversOf({ brokers, tls, authentication }: BrokerAccess): Servers {
  const scheme = authentication === 'none' ? null : SCHEMES[authentication];
  const server = (host: string) => ({
    host,
    protocol: tls ? 'kafka-secure' : 'kafka',
    ...(scheme && { security: [{ $ref: '#/components/securitySchemes/client' }] }),
  });
  return {
    servers: Object.fromEntries(brokers.map((host, nth) => [`broker-${nth + 1}`, server(host)])),
    securitySchemes: scheme ? { securitySchemes: { client: scheme } } : {},
  };
}
