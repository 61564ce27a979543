# Public names of confluent-kafka 2.16.1, found by benchmarks/publishing.py
from confluent_kafka.cimpl import KafkaException as _KafkaException
e: _KafkaException
