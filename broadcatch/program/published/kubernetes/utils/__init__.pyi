# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.utils.create_from_yaml import FailToCreateError as FailToCreateError
