# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.sql.schema import MetaData as _MetaData
from sqlalchemy.sql.schema import Table as _Table
ischema: _MetaData
schemata: _Table
tables: _Table
columns: _Table
sys_columns: _Table
sys_types: _Table
constraints: _Table
sys_default_constraints: _Table
column_constraints: _Table
key_constraints: _Table
ref_constraints: _Table
views: _Table
computed_columns: _Table
sequences: _Table
identity_columns: _Table
extended_properties: _Table
sys_schemas: _Table
sys_objects: _Table
sys_key_constraints: _Table
sys_indexes: _Table
sys_index_columns: _Table
