# Public names of kombu 5.7.0, found by benchmarks/publishing.py
from kombu.connection import Connection as BrokerConnection
from kombu.connection import Connection as Connection
from kombu.messaging import Producer as Producer
