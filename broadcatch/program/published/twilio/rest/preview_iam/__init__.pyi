# Public names of twilio 9.13.0, found by benchmarks/publishing.py
from twilio.rest.preview_iam.versionless import Versionless as Versionless
