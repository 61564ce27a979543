# Public names of redis 8.1.0, found by benchmarks/publishing.py
