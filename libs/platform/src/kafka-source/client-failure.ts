/** kafkajs has stopped reading, or reads something else than it was told to: another client begins anew, a few times. */
export function clientFailed(what: string): Error {
  return Object.assign(new Error(`the Kafka client is of no use any more: ${what}`), {
    code: 'kafka-client-failed',
    retriable: false,
  });
}
