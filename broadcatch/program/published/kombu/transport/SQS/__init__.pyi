# Public names of kombu 5.7.0, found by benchmarks/publishing.py
from kombu.transport.SQS.exceptions import AccessDeniedQueueException as AccessDeniedQueueException
from kombu.transport.SQS.exceptions import DoesNotExistQueueException as DoesNotExistQueueException
from kombu.transport.SQS.exceptions import InvalidQueueException as InvalidQueueException
from kombu.transport.SQS.exceptions import UndefinedQueueException as UndefinedQueueException
