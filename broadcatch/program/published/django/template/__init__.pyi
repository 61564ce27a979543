# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.template.base import VariableDoesNotExist as VariableDoesNotExist
from django.template.context import ContextPopException as ContextPopException
from django.template.exceptions import TemplateDoesNotExist as TemplateDoesNotExist
from django.template.exceptions import TemplateSyntaxError as TemplateSyntaxError
