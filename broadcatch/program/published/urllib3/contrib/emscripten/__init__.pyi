# Public names of urllib3 2.8.0, found by benchmarks/publishing.py
from urllib3.connectionpool import HTTPConnectionPool as HTTPConnectionPool
from urllib3.connectionpool import HTTPSConnectionPool as HTTPSConnectionPool
