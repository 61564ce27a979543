# Public names of aiosqlite 0.22.1, found by benchmarks/publishing.py
from aiosqlite.core import Connection as Connection
from aiosqlite.core import connect as connect
from aiosqlite.cursor import Cursor as Cursor
