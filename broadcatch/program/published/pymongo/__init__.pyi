# Public names of pymongo 4.20.0, found by benchmarks/publishing.py
from pymongo.asynchronous.mongo_client import AsyncMongoClient as AsyncMongoClient
from pymongo.synchronous.mongo_client import MongoClient as MongoClient
