# Public names of pika 1.4.4, found by benchmarks/publishing.py
