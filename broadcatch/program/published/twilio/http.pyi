# Public names of twilio 9.13.0, found by benchmarks/publishing.py
from twilio.base.exceptions import TwilioException as TwilioException
