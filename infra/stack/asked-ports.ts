import { StackError } from './stack-error.js';

/** Where the user wants the programs to listen; null for any free port. */
export interface AskedPorts {
  readonly broker: { readonly port: number; readonly by: string } | null;
  readonly connect: { readonly port: number; readonly by: string } | null;
}

const HERE = new Set(['127.0.0.1', 'localhost']);

/**
 * Reads the ports from the variables that tell programs the addresses. Throws `address-elsewhere` for one that is not on this
 * machine: nothing can be started there.
 */
export function askedPorts(variables: Readonly<Record<string, string | undefined>>): AskedPorts {
  const { ORDERKEEL_KAFKA_BROKERS: brokers, ORDERKEEL_CONNECT_URL: connectUrl } = variables;
  return {
    broker: brokers ? portHere('ORDERKEEL_KAFKA_BROKERS', `http://${brokers}`, brokers) : null,
    connect: connectUrl ? portHere('ORDERKEEL_CONNECT_URL', connectUrl, connectUrl) : null,
  };
}

function portHere(by: string, url: string, said: string): { port: number; by: string } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  // Port 80 is no port in a URL, and nobody wants it here.
  if (parsed === null || !HERE.has(parsed.hostname) || parsed.port === '') {
    throw new StackError(
      'address-elsewhere',
      `${by} is ${said}; the stack listens on one port of 127.0.0.1. Leave it out (any free port is taken then), or name such ` +
        `a port. Programs that use a Kafka elsewhere need no stack here.`,
    );
  }
  return { port: Number(parsed.port), by };
}
