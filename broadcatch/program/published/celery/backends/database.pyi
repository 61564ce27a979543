# Public names of celery 5.7.0, found by benchmarks/publishing.py
from celery.exceptions import ImproperlyConfigured as ImproperlyConfigured
