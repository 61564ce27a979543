# Public names of twilio 9.13.0, found by benchmarks/publishing.py
from twilio.base.list_resource import ListResource as ListResource
from twilio.base.version import Version as Version
