# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.aio.config.config_exception import ConfigException as ConfigException
