# Public names of confluent-kafka 2.16.1, found by benchmarks/publishing.py
from confluent_kafka.schema_registry.error import SchemaRegistryError as SchemaRegistryError
from confluent_kafka.serialization import SerializationError as SerializationError
