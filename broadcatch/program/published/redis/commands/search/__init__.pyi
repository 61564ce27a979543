# Public names of redis 8.1.0, found by benchmarks/publishing.py
from redis.asyncio.client import Pipeline as AsyncioPipeline
from redis.asyncio.client import Pipeline as _Pipeline2
from redis.client import Pipeline as RedisPipeline
from redis.client import Pipeline as _Pipeline
from redis.commands.search.commands import AsyncSearchCommands as AsyncSearchCommands
from redis.commands.search.commands import AsyncSearchCommands as _AsyncSearchCommands
from redis.commands.search.commands import SearchCommands as SearchCommands
from redis.commands.search.commands import SearchCommands as _SearchCommands
from typing import Self as _Self
class Pipeline(_SearchCommands, _Pipeline):
    @property
    def client(self, *args, **kwargs) -> _Self: ...
    def __init__(self, *args, **kwargs): ...
class AsyncPipeline(_AsyncSearchCommands, _Pipeline2, Pipeline):
    @property
    def client(self, *args, **kwargs) -> _Self: ...
    def __init__(self, *args, **kwargs): ...
