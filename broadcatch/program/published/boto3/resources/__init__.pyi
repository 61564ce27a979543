# Public names of boto3 1.44.5, found by benchmarks/publishing.py
