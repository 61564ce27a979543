# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.engine.base import Connection as Connection
from sqlalchemy.engine.base import Engine as Engine
from sqlalchemy.engine.create import create_engine as create_engine
from sqlalchemy.sql._selectable_constructors import select as select
