# Public names of google-api-core 2.44.0, found by benchmarks/publishing.py
from google.api_core.retry.retry_unary import retry_target as retry_target
