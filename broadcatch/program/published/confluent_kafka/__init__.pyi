# Public names of confluent-kafka 2.16.1, found by benchmarks/publishing.py
from confluent_kafka.cimpl import ConcurrentModificationException as ConcurrentModificationException
from confluent_kafka.cimpl import Consumer as Consumer
from confluent_kafka.cimpl import IllegalStateException as IllegalStateException
from confluent_kafka.cimpl import KafkaException as KafkaException
from confluent_kafka.cimpl import Producer as Producer
from confluent_kafka.cimpl import ShareConsumer as ShareConsumer
from confluent_kafka.deserializing_consumer import DeserializingConsumer as DeserializingConsumer
from confluent_kafka.serializing_producer import SerializingProducer as SerializingProducer
