# Public names of google-auth 2.62.2, found by benchmarks/publishing.py
