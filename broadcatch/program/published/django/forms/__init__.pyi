# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.core.exceptions import FieldError as FieldError
from django.core.exceptions import ImproperlyConfigured as ImproperlyConfigured
from django.core.exceptions import ValidationError as ValidationError
from django.db.models.utils import AltersData as AltersData
from django.forms.widgets import MediaOrderConflictWarning as MediaOrderConflictWarning
from django.utils.deprecation import RemovedInDjango60Warning as RemovedInDjango60Warning
