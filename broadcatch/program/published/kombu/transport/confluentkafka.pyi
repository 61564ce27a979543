# Public names of kombu 5.7.0, found by benchmarks/publishing.py
from confluent_kafka.cimpl import KafkaException as _KafkaException
class NoBrokersAvailable(_KafkaException):
    retriable: bool
