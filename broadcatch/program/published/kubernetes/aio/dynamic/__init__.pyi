# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.aio.client.exceptions import ApiException as ApiException
from kubernetes.aio.dynamic.exceptions import KubernetesValidateMissing as KubernetesValidateMissing
