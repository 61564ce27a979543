# Public names of redis 8.1.0, found by benchmarks/publishing.py
from redis.client import Pipeline as _Pipeline
from redis.cluster import ClusterPipeline as _ClusterPipeline
from redis.commands.timeseries.commands import TimeSeriesCommands as TimeSeriesCommands
from redis.commands.timeseries.commands import TimeSeriesCommands as _TimeSeriesCommands
class ClusterPipeline(_TimeSeriesCommands, _ClusterPipeline):
    def __init__(self, *args, **kwargs): ...
class Pipeline(_TimeSeriesCommands, _Pipeline):
    def __init__(self, *args, **kwargs): ...
