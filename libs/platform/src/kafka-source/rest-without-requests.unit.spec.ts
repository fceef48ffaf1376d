import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { restWithoutRequests } from './rest-without-requests.js';

interface Queue {
  push(request: object): void;
  fulfillRequest(answer: object): void;
  maybeThrottle(ms: number): void;
}
const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

describe('a connection of kafkajs', () => {
  const sent: number[] = [];
  let queue: Queue;
  const request = (correlationId: number) => ({
    entry: { correlationId, resolve: () => undefined, reject: () => undefined },
    expectResponse: true,
    sendRequest: () => sent.push(correlationId),
  });
  beforeEach(() => {
    jest.useFakeTimers();
    sent.length = 0;
    restWithoutRequests();
    const logger = { debug: () => undefined, warn: () => undefined };
    queue = new RequestQueue({ maxInFlightRequests: null, requestTimeout: 1000, clientId: '', broker: '', logger });
  });
  afterEach(() => void jest.useRealTimers());

  it('has no timer once its requests are answered', () => {
    queue.push(request(1));
    queue.fulfillRequest({ correlationId: 1, size: 0, payload: null });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what the broker has made it hold back, when the time is over', () => {
    queue.maybeThrottle(50);
    queue.push(request(2));
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(60);
    expect(sent).toEqual([2]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
