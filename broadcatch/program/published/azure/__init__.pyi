# Public names of azure-storage-blob 12.31.1, found by benchmarks/publishing.py
