# Public names of twilio 9.13.0, found by benchmarks/publishing.py
from twilio.base.instance_context import InstanceContext as InstanceContext
from twilio.base.list_resource import ListResource as ListResource
from twilio.base.version import Version as Version
