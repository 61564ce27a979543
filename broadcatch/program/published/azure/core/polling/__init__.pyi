# Public names of azure-core 1.41.0, found by benchmarks/publishing.py
