// Offends: kafka-in-one-folder
export { Kafka } from 'kafkajs';
