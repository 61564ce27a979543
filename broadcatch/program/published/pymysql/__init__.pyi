# Public names of PyMySQL 1.2.4, found by benchmarks/publishing.py
from pymysql.connections import Connection as Connect
from pymysql.connections import Connection as Connection
from pymysql.connections import Connection as connect
from pymysql.err import DataError as DataError
from pymysql.err import DatabaseError as DatabaseError
from pymysql.err import Error as Error
from pymysql.err import IntegrityError as IntegrityError
from pymysql.err import InterfaceError as InterfaceError
from pymysql.err import InternalError as InternalError
from pymysql.err import MySQLError as MySQLError
from pymysql.err import NotSupportedError as NotSupportedError
from pymysql.err import OperationalError as OperationalError
from pymysql.err import ProgrammingError as ProgrammingError
from pymysql.err import Warning as Warning
