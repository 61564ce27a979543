# Public names of urllib3 2.8.0, found by benchmarks/publishing.py
