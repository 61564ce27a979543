# Public names of aiohttp 3.14.5, found by benchmarks/publishing.py
class CleanupError(RuntimeError):
    @property
    def exceptions(self, *args, **kwargs) -> list: ...
