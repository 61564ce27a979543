# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.aio.client.exceptions import ApiAttributeError as ApiAttributeError
from kubernetes.aio.client.exceptions import ApiException as ApiException
from kubernetes.aio.client.exceptions import ApiKeyError as ApiKeyError
from kubernetes.aio.client.exceptions import ApiTypeError as ApiTypeError
from kubernetes.aio.client.exceptions import ApiValueError as ApiValueError
from kubernetes.aio.client.exceptions import OpenApiException as OpenApiException
