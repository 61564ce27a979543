# Public names of httpx 0.28.1, found by benchmarks/publishing.py
