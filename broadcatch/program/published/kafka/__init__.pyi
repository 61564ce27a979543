# Public names of kafka-python 3.0.12, found by benchmarks/publishing.py
from kafka.consumer.group import KafkaConsumer as KafkaConsumer
from kafka.producer.kafka import KafkaProducer as KafkaProducer
