import { describe, expect, it } from '@jest/globals';
import { askedPorts } from './asked-ports.js';

describe('the ports that the variables ask for', () => {
  it('are any, where they say nothing', () => {
    expect(askedPorts({ ORDERKEEL_KAFKA_BROKERS: '', PATH: '/bin' })).toEqual({ broker: null, connect: null });
  });

  it('are those at which programs look for the stack', () => {
    const variables = { ORDERKEEL_KAFKA_BROKERS: '127.0.0.1:9092', ORDERKEEL_CONNECT_URL: 'http://localhost:8083/' };
    expect(askedPorts(variables)).toEqual({
      broker: { port: 9092, by: 'ORDERKEEL_KAFKA_BROKERS' },
      connect: { port: 8083, by: 'ORDERKEEL_CONNECT_URL' },
    });
  });

  it.each([
    [{ ORDERKEEL_KAFKA_BROKERS: 'kafka.example:9092' }, 'ORDERKEEL_KAFKA_BROKERS is kafka.example:9092'],
    [
      { ORDERKEEL_KAFKA_BROKERS: '127.0.0.1:9092,127.0.0.1:9093' },
      'ORDERKEEL_KAFKA_BROKERS is 127.0.0.1:9092,127.0.0.1:9093',
    ],
    [{ ORDERKEEL_KAFKA_BROKERS: '127.0.0.1' }, 'ORDERKEEL_KAFKA_BROKERS is 127.0.0.1'],
    [{ ORDERKEEL_CONNECT_URL: 'https://connect.example' }, 'ORDERKEEL_CONNECT_URL is https://connect.example'],
    [{ ORDERKEEL_CONNECT_URL: 'nonsense' }, 'ORDERKEEL_CONNECT_URL is nonsense'],
  ])('are refused in %j', (variables, refusal) => {
    expect(() => askedPorts(variables)).toThrow(refusal);
    expect(() => askedPorts(variables)).toThrow(expect.objectContaining({ code: 'address-elsewhere' }));
  });
});
