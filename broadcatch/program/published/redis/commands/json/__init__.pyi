# Public names of redis 8.1.0, found by benchmarks/publishing.py
from redis.client import Pipeline as _Pipeline
from redis.cluster import ClusterPipeline as _ClusterPipeline
from redis.commands.json.commands import JSONCommands as JSONCommands
from redis.commands.json.commands import JSONCommands as _JSONCommands
class ClusterPipeline(_JSONCommands, _ClusterPipeline):
    def __init__(self, *args, **kwargs): ...
class Pipeline(_JSONCommands, _Pipeline):
    def __init__(self, *args, **kwargs): ...
