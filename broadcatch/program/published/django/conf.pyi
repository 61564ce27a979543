# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.exceptions import ImproperlyConfigured as ImproperlyConfigured
from django.utils.deprecation import RemovedInDjango60Warning as RemovedInDjango60Warning
