# Public names of twilio 9.13.0, found by benchmarks/publishing.py
from twilio.rest.api.v2010.account.call import CallList as CallList
from twilio.rest.api.v2010.account.message import MessageList as MessageList
