# Public names of elasticsearch 9.5.1, found by benchmarks/publishing.py
from elasticsearch.helpers.errors import BulkIndexError as BulkIndexError
from elasticsearch.helpers.errors import ScanError as ScanError
