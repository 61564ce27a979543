# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.exceptions import FieldDoesNotExist as FieldDoesNotExist
from django.core.exceptions import FieldError as FieldError
from django.db.models.sql.datastructures import MultiJoin as MultiJoin
from django.db.utils import NotSupportedError as NotSupportedError
