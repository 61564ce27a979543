# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.util.langhelpers import HasMemoized as HasMemoized
from sqlalchemy.util.langhelpers import MemoizedSlots as MemoizedSlots
from sqlalchemy.util.langhelpers import TypingOnly as TypingOnly
