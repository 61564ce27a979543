# Public names of redis 8.1.0, found by benchmarks/publishing.py
from redis.commands.cluster import AsyncRedisClusterCommands as AsyncRedisClusterCommands
from redis.commands.cluster import RedisClusterCommands as RedisClusterCommands
from redis.commands.core import AsyncCoreCommands as AsyncCoreCommands
from redis.commands.core import CoreCommands as CoreCommands
from redis.commands.redismodules import AsyncRedisModuleCommands as AsyncRedisModuleCommands
from redis.commands.redismodules import RedisModuleCommands as RedisModuleCommands
from redis.commands.sentinel import AsyncSentinelCommands as AsyncSentinelCommands
from redis.commands.sentinel import SentinelCommands as SentinelCommands
