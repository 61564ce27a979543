# Public names of pymongo 4.20.0, found by benchmarks/publishing.py
