# Public names of google-auth 2.62.2, found by benchmarks/publishing.py
from google.auth.compute_engine.credentials import Credentials as Credentials
from google.auth.compute_engine.credentials import IDTokenCredentials as IDTokenCredentials
