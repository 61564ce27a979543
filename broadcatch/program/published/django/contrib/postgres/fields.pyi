# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.contrib.postgres.utils import prefix_validation_error as prefix_validation_error
