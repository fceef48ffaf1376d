"""The same three calls on either of Debian's Kafka clients: read some records, commit what was read, close."""

from collections import namedtuple

Record = namedtuple("Record", "topic partition offset value")
PATIENCE_S = 0.5


def open_client(environment):
    """The client that is installed, subscribed from the beginning, and committing only when it is told to."""
    topic = environment.get("KAFKA_TOPIC", "orderkeel.order.order_status_history")
    options = {
        "bootstrap.servers": environment.get("KAFKA_BROKERS", "127.0.0.1:9092"),
        "group.id": environment.get("KAFKA_GROUP", "example.follow-changes"),
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        **_security(environment),
    }
    try:
        import confluent_kafka
    except ImportError:
        return _KafkaPython(topic, options)
    return _Confluent(confluent_kafka, topic, options)


def _security(environment):
    ca_file, username = environment.get("KAFKA_CA_FILE"), environment.get("KAFKA_USERNAME")
    protocol = ("SASL_" if username else "") + ("SSL" if ca_file else "PLAINTEXT")
    options = {"security.protocol": protocol}
    if ca_file:
        options["ssl.ca.location"] = ca_file
    if username:
        with open(environment["KAFKA_PASSWORD_FILE"], encoding="utf-8") as file:
            password = file.read().strip()
        mechanism = environment.get("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
        options.update({"sasl.mechanism": mechanism, "sasl.username": username, "sasl.password": password})
    return options


class _Confluent:
    def __init__(self, module, topic, options):
        self._consumer = module.Consumer(options)
        self._consumer.subscribe([topic])

    def read(self):
        records = []
        for message in self._consumer.consume(500, PATIENCE_S):
            if message.error() is None:
                records.append(Record(message.topic(), message.partition(), message.offset(), message.value()))
            elif not message.error().retriable():
                raise RuntimeError(message.error().str())
        return records

    def commit(self):
        self._consumer.commit(asynchronous=False)

    def close(self):
        self._consumer.close()


class _KafkaPython:
    # What librdkafka calls otherwise; the other names differ by their dots only.
    NAMES = {
        "ssl.ca.location": "ssl_cafile",
        "sasl.username": "sasl_plain_username",
        "sasl.password": "sasl_plain_password",
    }

    def __init__(self, topic, options):
        import kafka

        named = {self.NAMES.get(name, name.replace(".", "_")): value for name, value in options.items()}
        self._consumer = kafka.KafkaConsumer(topic, **named)

    def read(self):
        batches = self._consumer.poll(timeout_ms=int(PATIENCE_S * 1000)).values()
        return [Record(m.topic, m.partition, m.offset, m.value) for messages in batches for m in messages]

    def commit(self):
        self._consumer.commit()

    def close(self):
        self._consumer.close()
