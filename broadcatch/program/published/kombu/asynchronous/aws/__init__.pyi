# Public names of kombu 5.7.0, found by benchmarks/publishing.py
