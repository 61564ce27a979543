# Public names of google-cloud-bigquery 3.47.0, found by benchmarks/publishing.py
