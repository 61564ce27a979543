# Public names of kubernetes 37.0.1, found by benchmarks/publishing.py
from kubernetes.config.config_exception import ConfigException as ConfigException
from kubernetes.config.incluster_config import load_incluster_config as load_incluster_config
from kubernetes.config.kube_config import load_kube_config as load_kube_config
from kubernetes.config.kube_config import new_client_from_config as new_client_from_config
from kubernetes.config.kube_config import new_client_from_config_dict as new_client_from_config_dict
