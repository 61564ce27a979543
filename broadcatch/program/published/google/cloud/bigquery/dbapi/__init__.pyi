# Public names of google-cloud-bigquery 3.47.0, found by benchmarks/publishing.py
from google.cloud.bigquery.dbapi.exceptions import DataError as DataError
from google.cloud.bigquery.dbapi.exceptions import DatabaseError as DatabaseError
from google.cloud.bigquery.dbapi.exceptions import Error as Error
from google.cloud.bigquery.dbapi.exceptions import IntegrityError as IntegrityError
from google.cloud.bigquery.dbapi.exceptions import InterfaceError as InterfaceError
from google.cloud.bigquery.dbapi.exceptions import InternalError as InternalError
from google.cloud.bigquery.dbapi.exceptions import NotSupportedError as NotSupportedError
from google.cloud.bigquery.dbapi.exceptions import OperationalError as OperationalError
from google.cloud.bigquery.dbapi.exceptions import ProgrammingError as ProgrammingError
from google.cloud.bigquery.dbapi.exceptions import Warning as Warning
