# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.db.utils import ConnectionHandler as ConnectionHandler
from django.db.utils import ConnectionHandler as _ConnectionHandler
from django.db.utils import DataError as DataError
from django.db.utils import DatabaseError as DatabaseError
from django.db.utils import Error as Error
from django.db.utils import IntegrityError as IntegrityError
from django.db.utils import InterfaceError as InterfaceError
from django.db.utils import InternalError as InternalError
from django.db.utils import NotSupportedError as NotSupportedError
from django.db.utils import OperationalError as OperationalError
from django.db.utils import ProgrammingError as ProgrammingError
from django.utils.connection import ConnectionProxy as ConnectionProxy
from django.utils.connection import ConnectionProxy as _ConnectionProxy
connections: _ConnectionHandler
connection: _ConnectionProxy
