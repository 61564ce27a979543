# Public names of docker 7.2.0, found by benchmarks/publishing.py
from docker.api.client import APIClient as APIClient
from docker.client import DockerClient as DockerClient
from docker.client import DockerClient as _DockerClient
from_context = _DockerClient.from_context
from_env = _DockerClient.from_env
