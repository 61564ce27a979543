# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.client.exceptions import ApiException as ApiException
from kubernetes.dynamic.exceptions import KubernetesValidateMissing as KubernetesValidateMissing
