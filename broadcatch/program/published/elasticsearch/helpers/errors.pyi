# Public names of elasticsearch 9.5.1, found by benchmarks/publishing.py
class BulkIndexError(Exception):
    def __reduce__(self, *args, **kwargs) -> tuple: ...
    errors: list[dict]
class ScanError(Exception):
    def __reduce__(self, *args, **kwargs) -> tuple: ...
    scroll_id: str
