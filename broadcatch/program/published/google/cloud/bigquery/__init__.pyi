# Public names of google-cloud-bigquery 3.47.0, found by benchmarks/publishing.py
from google.cloud.bigquery.client import Client as Client
from google.cloud.bigquery.exceptions import LegacyBigQueryStorageError as LegacyBigQueryStorageError
from google.cloud.bigquery.exceptions import LegacyPandasError as LegacyPandasError
from google.cloud.bigquery.exceptions import LegacyPyarrowError as LegacyPyarrowError
from google.cloud.bigquery.job.query import QueryJob as QueryJob
