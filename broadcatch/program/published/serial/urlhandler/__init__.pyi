# Public names of pyserial 3.5, found by benchmarks/publishing.py
