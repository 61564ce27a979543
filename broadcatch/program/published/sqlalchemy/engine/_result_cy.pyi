# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from typing import Generic as _Generic
class BaseResultInternal(_Generic):
    def __init__(self, *args, **kwargs): ...
