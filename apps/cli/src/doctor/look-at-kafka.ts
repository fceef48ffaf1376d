import { brokersOf, reachBrokers, type Configuration } from '../../../server/src/index.js';
import { counted } from '../terminal/numbers.js';
import { error, found, well, type Look } from './look.js';

/** The brokers that changes come from: whether one of them lets this program in. */
export async function lookAtKafka(configuration: Configuration): Promise<Look> {
  const brokers = await brokersOf(configuration);
  const where = brokers.join(',');
  try {
    const answering = await reachBrokers(brokers, configuration.kafkaAccess);
    return well('Kafka', `${counted(answering, 'broker')}, asked at ${where}`);
  } catch (failure) {
    const advice =
      configuration.brokers === null
        ? '"npm run stack:up" mends a stack'
        : 'see ORDERKEEL_KAFKA_BROKERS, and the brokers';
    return found('Kafka', where, error(`No broker answers at ${where} (${(failure as Error).message}): ${advice}.`));
  }
}
