# Public names of azure-storage-blob 12.31.1, found by benchmarks/publishing.py
from azure.storage.blob._blob_client import BlobClient as BlobClient
from azure.storage.blob._blob_service_client import BlobServiceClient as BlobServiceClient
from azure.storage.blob._container_client import ContainerClient as ContainerClient
from azure.storage.blob._shared.response_handlers import PartialBatchErrorException as PartialBatchErrorException
