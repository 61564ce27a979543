# Public names of redis 8.1.0, found by benchmarks/publishing.py
class HttpError(Exception):
    status: int
    url: str
    message: str
