# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
