# Public names of slack_sdk 3.47.0, found by benchmarks/publishing.py
class AsyncBaseClient:
    @property
    def logger(self, *args, **kwargs): ...
    async def api_call(self, *args, **kwargs): ...
    def __init__(self, *args, **kwargs): ...
    BASE_URL: str
    token: str
    base_url: str
    timeout: int
    ssl: ...
    proxy: str
    session: ...
    trust_env_in_session: bool
    headers: dict
    default_params: dict
    retry_handlers: list
