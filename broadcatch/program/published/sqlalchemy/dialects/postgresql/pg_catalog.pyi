# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.sql.schema import MetaData as _MetaData
from sqlalchemy.sql.schema import Table as _Table
pg_catalog_meta: _MetaData
pg_namespace: _Table
pg_class: _Table
pg_type: _Table
pg_index: _Table
pg_attribute: _Table
pg_constraint: _Table
pg_sequence: _Table
pg_attrdef: _Table
pg_description: _Table
pg_enum: _Table
pg_am: _Table
pg_collation: _Table
pg_opclass: _Table
pg_inherits: _Table
pg_tablespace: _Table
