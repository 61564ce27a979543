# Public names of azure-storage-blob 12.31.1, found by benchmarks/publishing.py
from azure.core.exceptions import HttpResponseError as _HttpResponseError
class PartialBatchErrorException(_HttpResponseError):
    parts: ...
