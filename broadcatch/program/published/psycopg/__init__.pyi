# Public names of psycopg 3.3.9, found by benchmarks/publishing.py
from psycopg._connection_base import BaseConnection as BaseConnection
from psycopg._server_cursor import ServerCursor as ServerCursor
from psycopg._server_cursor_async import AsyncServerCursor as AsyncServerCursor
from psycopg.client_cursor import AsyncClientCursor as AsyncClientCursor
from psycopg.client_cursor import ClientCursor as ClientCursor
from psycopg.connection import Connection as Connection
from psycopg.connection import Connection as _Connection
from psycopg.connection_async import AsyncConnection as AsyncConnection
from psycopg.cursor import Cursor as Cursor
from psycopg.cursor_async import AsyncCursor as AsyncCursor
from psycopg.errors import DataError as DataError
from psycopg.errors import DatabaseError as DatabaseError
from psycopg.errors import Error as Error
from psycopg.errors import IntegrityError as IntegrityError
from psycopg.errors import InterfaceError as InterfaceError
from psycopg.errors import InternalError as InternalError
from psycopg.errors import NotSupportedError as NotSupportedError
from psycopg.errors import OperationalError as OperationalError
from psycopg.errors import ProgrammingError as ProgrammingError
from psycopg.errors import Warning as Warning
from psycopg.raw_cursor import AsyncRawCursor as AsyncRawCursor
from psycopg.raw_cursor import AsyncRawServerCursor as AsyncRawServerCursor
from psycopg.raw_cursor import RawCursor as RawCursor
from psycopg.raw_cursor import RawServerCursor as RawServerCursor
from psycopg.transaction import Rollback as Rollback
connect = _Connection.connect
