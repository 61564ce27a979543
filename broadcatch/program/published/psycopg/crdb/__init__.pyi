# Public names of psycopg 3.3.9, found by benchmarks/publishing.py
from psycopg.crdb.connection import AsyncCrdbConnection as AsyncCrdbConnection
from psycopg.crdb.connection import CrdbConnection as CrdbConnection
