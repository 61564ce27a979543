# Public names of confluent-kafka 2.16.1, found by benchmarks/publishing.py
from confluent_kafka.avro.error import ClientError as ClientError
from confluent_kafka.avro.serializer import KeySerializerError as KeySerializerError
from confluent_kafka.avro.serializer import SerializerError as SerializerError
from confluent_kafka.avro.serializer import ValueSerializerError as ValueSerializerError
from confluent_kafka.cimpl import Consumer as Consumer
from confluent_kafka.cimpl import Consumer as _Consumer
from confluent_kafka.cimpl import Producer as Producer
from confluent_kafka.cimpl import Producer as _Producer
class AvroProducer(_Producer):
    def produce(self, *args, **kwargs) -> None: ...
    def __init__(self, *args, **kwargs): ...
class AvroConsumer(_Consumer):
    def poll(self, *args, **kwargs): ...
    def __init__(self, *args, **kwargs): ...
