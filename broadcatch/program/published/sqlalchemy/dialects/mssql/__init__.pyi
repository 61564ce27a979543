# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.sql._elements_constructors import try_cast as try_cast
