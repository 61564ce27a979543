# Public names of kazoo 2.11.0, found by benchmarks/publishing.py
