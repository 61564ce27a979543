# Public names of docker 7.2.0, found by benchmarks/publishing.py
from docker.api.client import APIClient as APIClient
