# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.sql._cache_key_cy import BaseHasCacheKey as _BaseHasCacheKey
from sqlalchemy.util.langhelpers import HasMemoized as _HasMemoized
from sqlalchemy.util.langhelpers import MemoizedSlots as _MemoizedSlots
class MemoizedHasCacheKey(HasCacheKey, _HasMemoized):
    def __init__(self, *args, **kwargs): ...
class HasCacheKey(_BaseHasCacheKey):
    def __init__(self, *args, **kwargs): ...
    inherit_cache: bool
class SlotsMemoizedHasCacheKey(HasCacheKey, _MemoizedSlots):
    def __init__(self, *args, **kwargs): ...
