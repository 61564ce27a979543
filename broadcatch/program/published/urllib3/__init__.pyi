# Public names of urllib3 2.8.0, found by benchmarks/publishing.py
from urllib3.connectionpool import HTTPConnectionPool as HTTPConnectionPool
from urllib3.connectionpool import HTTPSConnectionPool as HTTPSConnectionPool
from urllib3.connectionpool import connection_from_url as connection_from_url
from urllib3.poolmanager import PoolManager as PoolManager
from urllib3.poolmanager import ProxyManager as ProxyManager
from urllib3.poolmanager import proxy_from_url as proxy_from_url
from urllib3.response import BaseHTTPResponse as BaseHTTPResponse
from urllib3.response import BaseHTTPResponse as _BaseHTTPResponse
from urllib3.response import HTTPResponse as HTTPResponse
def request(*args, **kwargs) -> _BaseHTTPResponse: ...
