# Public names of slack_sdk 3.47.0, found by benchmarks/publishing.py
class BaseClient:
    @property
    def logger(self, *args, **kwargs): ...
    def api_call(self, *args, **kwargs): ...
    @staticmethod
    def validate_slack_signature(*args, **kwargs) -> bool: ...
    def __init__(self, *args, **kwargs): ...
    BASE_URL: str
    token: str
    base_url: str
    timeout: int
    ssl: ...
    proxy: str
    headers: dict
    default_params: dict
    retry_handlers: list
