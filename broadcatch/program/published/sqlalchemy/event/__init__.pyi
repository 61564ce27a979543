# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.event.registry import EventTarget as EventTarget
