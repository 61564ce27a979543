# Public names of google-cloud-bigquery 3.47.0, found by benchmarks/publishing.py
from google.cloud.bigquery.job.query import QueryJob as QueryJob
