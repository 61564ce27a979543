# Public names of Django 5.2.19, found by benchmarks/publishing.py
from django.http.request import RawPostDataException as RawPostDataException
from django.http.request import UnreadablePostError as UnreadablePostError
from django.http.response import BadHeaderError as BadHeaderError
from django.http.response import Http404 as Http404
