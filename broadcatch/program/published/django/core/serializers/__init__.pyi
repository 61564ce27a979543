# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.serializers.base import SerializerDoesNotExist as SerializerDoesNotExist
