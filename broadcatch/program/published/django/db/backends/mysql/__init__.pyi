# Public names of Django 5.2.19, found by benchmarks/publishing.py
