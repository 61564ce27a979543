# Public names of pika 1.4.4, found by benchmarks/publishing.py
from pika.adapters.blocking_connection import BlockingConnection as BlockingConnection
