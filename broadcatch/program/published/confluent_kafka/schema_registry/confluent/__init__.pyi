# Public names of confluent-kafka 2.16.1, found by benchmarks/publishing.py
