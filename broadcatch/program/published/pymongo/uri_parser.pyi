# Public names of pymongo 4.20.0, found by benchmarks/publishing.py
from pymongo.errors import InvalidURI as _InvalidURI
exc: _InvalidURI
