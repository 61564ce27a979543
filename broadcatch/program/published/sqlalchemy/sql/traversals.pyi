# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.sql.visitors import HasTraverseInternals as _HasTraverseInternals
class HasCopyInternals(_HasTraverseInternals):
    def __init__(self, *args, **kwargs): ...
