# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.exceptions import FieldDoesNotExist as FieldDoesNotExist
from django.core.exceptions import FieldError as FieldError
from django.core.exceptions import FullResultSet as FullResultSet
from django.core.exceptions import ObjectDoesNotExist as ObjectDoesNotExist
from django.core.exceptions import ValidationError as ValidationError
from django.db.models.base import Model as Model
from django.db.models.deletion import ProtectedError as ProtectedError
from django.db.models.deletion import RestrictedError as RestrictedError
from django.db.models.query import QuerySet as QuerySet
from django.db.utils import NotSupportedError as NotSupportedError
from django.utils.deprecation import RemovedInDjango60Warning as RemovedInDjango60Warning
