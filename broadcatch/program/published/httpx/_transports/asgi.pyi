# Public names of httpx 0.28.1, found by benchmarks/publishing.py
from httpx._models import Response as _Response
from httpx._transports.base import AsyncBaseTransport as _AsyncBaseTransport
class ASGITransport(_AsyncBaseTransport):
    async def handle_async_request(self, *args, **kwargs) -> _Response: ...
    def __init__(self, *args, **kwargs): ...
    app: ...
    raise_app_exceptions: bool
    root_path: str
    client: tuple
