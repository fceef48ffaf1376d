import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '../../../server/src/index.js';
import { lookAtKafka } from './look-at-kafka.js';

describe('a look at Kafka', () => {
  it('finds brokers that do not answer, and says where they were looked for', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const brokers = [`127.0.0.1:${port}`];
    const look = await lookAtKafka({ brokers, kafkaAccess: { tls: null, sasl: null } } as unknown as Configuration);
    expect(look.findings).toMatchObject([{ level: 'error', message: expect.stringContaining(brokers[0]!) }]);
    expect(look.findings[0]!.message).toContain('ORDERKEEL_KAFKA_BROKERS');
  });
});
