# Public names of grpcio 1.85.1, found by benchmarks/publishing.py
from grpc.aio._call import AioRpcError as AioRpcError
