# Public names of elastic-transport 9.4.2, found by benchmarks/publishing.py
from elastic_transport._async_transport import AsyncTransport as AsyncTransport
from elastic_transport._exceptions import ApiError as ApiError
from elastic_transport._exceptions import ConnectionError as ConnectionError
from elastic_transport._exceptions import ConnectionTimeout as ConnectionTimeout
from elastic_transport._exceptions import SecurityWarning as SecurityWarning
from elastic_transport._exceptions import SerializationError as SerializationError
from elastic_transport._exceptions import SniffingError as SniffingError
from elastic_transport._exceptions import TlsError as TlsError
from elastic_transport._exceptions import TransportError as TransportError
from elastic_transport._exceptions import TransportWarning as TransportWarning
from elastic_transport._transport import Transport as Transport
