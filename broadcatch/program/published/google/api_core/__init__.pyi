# Public names of google-api-core 2.44.0, found by benchmarks/publishing.py
