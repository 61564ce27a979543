# Public names of aiohttp 3.14.5, found by benchmarks/publishing.py
