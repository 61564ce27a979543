# Public names of confluent-kafka 2.16.1, found by benchmarks/publishing.py
class SchemaRegistryError(Exception):
    def __repr__(self, *args, **kwargs) -> str: ...
    def __str__(self, *args, **kwargs) -> str: ...
    UNKNOWN: int
    http_status_code: int
    error_code: int
    error_message: str
class OAuthTokenError(Exception):
    message: str
    status_code: int
    response_text: str
