# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.urls.exceptions import NoReverseMatch as NoReverseMatch
from django.urls.exceptions import Resolver404 as Resolver404
