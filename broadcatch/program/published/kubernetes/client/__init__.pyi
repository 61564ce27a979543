# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.client.api_client import ApiClient as ApiClient
from kubernetes.client.exceptions import ApiAttributeError as ApiAttributeError
from kubernetes.client.exceptions import ApiException as ApiException
from kubernetes.client.exceptions import ApiKeyError as ApiKeyError
from kubernetes.client.exceptions import ApiTypeError as ApiTypeError
from kubernetes.client.exceptions import ApiValueError as ApiValueError
from kubernetes.client.exceptions import OpenApiException as OpenApiException
