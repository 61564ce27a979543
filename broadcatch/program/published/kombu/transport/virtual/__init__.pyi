# Public names of kombu 5.7.0, found by benchmarks/publishing.py
from kombu.transport.virtual.base import NotEquivalentError as NotEquivalentError
from kombu.transport.virtual.base import UndeliverableWarning as UndeliverableWarning
