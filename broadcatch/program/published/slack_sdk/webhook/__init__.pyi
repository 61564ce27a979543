# Public names of slack_sdk 3.47.0, found by benchmarks/publishing.py
from slack_sdk.webhook.client import WebhookClient as WebhookClient
