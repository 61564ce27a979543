# Public names of slack_sdk 3.47.0, found by benchmarks/publishing.py
from slack_sdk.web.client import WebClient as WebClient
