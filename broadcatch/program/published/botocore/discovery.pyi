# Public names of botocore 1.44.5, found by benchmarks/publishing.py
from botocore.exceptions import BotoCoreError as _BotoCoreError
class EndpointDiscoveryException(_BotoCoreError): ...
class EndpointDiscoveryRequired(EndpointDiscoveryException):
    fmt: str
class EndpointDiscoveryRefreshFailed(EndpointDiscoveryException):
    fmt: str
