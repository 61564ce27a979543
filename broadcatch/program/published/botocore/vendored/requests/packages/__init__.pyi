# Public names of botocore 1.44.5, found by benchmarks/publishing.py
