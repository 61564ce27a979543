# Public names of slack_sdk 3.47.0, found by benchmarks/publishing.py
