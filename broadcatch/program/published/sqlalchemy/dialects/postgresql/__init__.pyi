# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
