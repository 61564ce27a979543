# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.client.api.apps_v1_api import AppsV1Api as AppsV1Api
from kubernetes.client.api.batch_v1_api import BatchV1Api as BatchV1Api
from kubernetes.client.api.core_v1_api import CoreV1Api as CoreV1Api
from kubernetes.client.api.custom_objects_api import CustomObjectsApi as CustomObjectsApi
from kubernetes.client.api.networking_v1_api import NetworkingV1Api as NetworkingV1Api
from kubernetes.client.api_client import ApiClient as ApiClient
from kubernetes.client.exceptions import ApiAttributeError as ApiAttributeError
from kubernetes.client.exceptions import ApiException as ApiException
from kubernetes.client.exceptions import ApiKeyError as ApiKeyError
from kubernetes.client.exceptions import ApiTypeError as ApiTypeError
from kubernetes.client.exceptions import ApiValueError as ApiValueError
from kubernetes.client.exceptions import OpenApiException as OpenApiException
