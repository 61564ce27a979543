# Public names of SQLAlchemy 2.1.9, found by benchmarks/publishing.py
from sqlalchemy.sql.schema import MetaData as _MetaData
from sqlalchemy.sql.selectable import NamedFromClause as _NamedFromClause
from sqlalchemy.sql.selectable import TableClause as _TableClause
dual: _TableClause
dictionary_meta: _MetaData
all_tables: _NamedFromClause
all_views: _NamedFromClause
all_sequences: _NamedFromClause
all_users: _NamedFromClause
all_mviews: _NamedFromClause
all_tab_identity_cols: _NamedFromClause
all_tab_cols: _NamedFromClause
all_tab_comments: _NamedFromClause
all_col_comments: _NamedFromClause
all_mview_comments: _NamedFromClause
all_ind_columns: _NamedFromClause
all_indexes: _NamedFromClause
all_ind_expressions: _NamedFromClause
all_constraints: _NamedFromClause
all_cons_columns: _NamedFromClause
all_db_links: _NamedFromClause
all_synonyms: _NamedFromClause
all_objects: _NamedFromClause
