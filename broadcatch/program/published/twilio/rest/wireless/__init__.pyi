# Public names of twilio 9.13.0, found by benchmarks/publishing.py
