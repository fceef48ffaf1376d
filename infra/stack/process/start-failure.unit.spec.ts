import { describe, expect, it } from '@jest/globals';
import { explainStart } from './start-failure.js';

function explained(log: string): { code: string; message: string } {
  const { code, message } = explainStart({ title: 'the broker', logFile: '/data/stack/broker/broker.log', log });
  return { code, message };
}

describe('a program that ended while it was being started', () => {
  it.each([
    ['org.apache.kafka.common.KafkaException: Socket server failed to bind: Address already in use', 'port-taken'],
    ['java.io.IOException: No space left on device', 'start-failed'],
    ['Error occurred during initialization of VM\nCould not reserve enough space for object heap', 'start-failed'],
    ['something else', 'start-failed'],
    ['', 'start-failed'],
  ])('having said %j is explained as %s, with its log', (log, code) => {
    expect(explained(log)).toEqual({ code, message: expect.stringContaining('/data/stack/broker/broker.log') });
  });

  it('is quoted by the cause of its last complaint', () => {
    const log =
      'Caused by: first\n12:00 ERROR [Task] failed\nCaused by: wrong password\n\tat x\n12:01 ERROR [Task] given up';
    expect(explained(log).message).toContain(': wrong password (');
  });

  it('is quoted by its last complaint', () => {
    const log =
      '12:00 ERROR [KafkaServer] first\n12:01 ERROR [KafkaServer] second\n12:02 INFO  [KafkaServer] shut down';
    expect(explained(log).message).toContain('12:01 ERROR [KafkaServer] second');
  });
});
