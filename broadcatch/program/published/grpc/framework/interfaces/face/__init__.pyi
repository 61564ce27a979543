# Public names of grpcio 1.85.1, found by benchmarks/publishing.py
