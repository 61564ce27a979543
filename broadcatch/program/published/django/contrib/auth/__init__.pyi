# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.exceptions import ImproperlyConfigured as ImproperlyConfigured
from django.core.exceptions import PermissionDenied as PermissionDenied
from django.utils.deprecation import RemovedInDjango61Warning as RemovedInDjango61Warning
