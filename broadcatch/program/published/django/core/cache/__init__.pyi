# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.cache.backends.base import BaseCache as BaseCache
from django.core.cache.backends.base import CacheKeyWarning as CacheKeyWarning
from django.core.cache.backends.base import InvalidCacheBackendError as InvalidCacheBackendError
from django.core.cache.backends.base import InvalidCacheKey as InvalidCacheKey
from django.utils.connection import BaseConnectionHandler as BaseConnectionHandler
from django.utils.connection import BaseConnectionHandler as _BaseConnectionHandler
from django.utils.connection import ConnectionProxy as ConnectionProxy
from django.utils.connection import ConnectionProxy as _ConnectionProxy
class CacheHandler(_BaseConnectionHandler):
    def create_connection(self, *args, **kwargs): ...
    def __init__(self, *args, **kwargs): ...
    settings_name: str
    exception_class: ...
caches: CacheHandler
cache: _ConnectionProxy
