# Public names of docker 7.2.0, found by benchmarks/publishing.py
from docker.credentials.errors import CredentialsNotFound as CredentialsNotFound
from docker.credentials.errors import StoreError as StoreError
