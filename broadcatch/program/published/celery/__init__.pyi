# Public names of celery 5.7.0, found by benchmarks/publishing.py
from celery.app.base import Celery as Celery
from celery.app.task import Task as Task
from celery.canvas import _chord as chord
from celery.canvas import chain as chain
from celery.canvas import chunks as chunks
from celery.canvas import group as group
from celery.canvas import xmap as xmap
from celery.canvas import xstarmap as xstarmap
