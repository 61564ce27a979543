# Public names of websockets 17.4, found by benchmarks/publishing.py
