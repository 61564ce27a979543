# Public names of google-cloud-storage 3.17.1, found by benchmarks/publishing.py
from google.cloud.storage.blob import Blob as Blob
from google.cloud.storage.bucket import Bucket as Bucket
from google.cloud.storage.client import Client as Client
