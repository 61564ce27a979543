# Public names of elasticsearch 9.5.1, found by benchmarks/publishing.py
