# Public names of elasticsearch 9.5.1, found by benchmarks/publishing.py
from elasticsearch._async.client import AsyncElasticsearch as AsyncElasticsearch
from elasticsearch._sync.client import Elasticsearch as Elasticsearch
from elasticsearch.exceptions import ApiError as ApiError
from elasticsearch.exceptions import AuthenticationException as AuthenticationException
from elasticsearch.exceptions import AuthorizationException as AuthorizationException
from elasticsearch.exceptions import BadRequestError as BadRequestError
from elasticsearch.exceptions import BadRequestError as RequestError
from elasticsearch.exceptions import ConflictError as ConflictError
from elasticsearch.exceptions import ElasticsearchWarning as ElasticsearchDeprecationWarning
from elasticsearch.exceptions import ElasticsearchWarning as ElasticsearchWarning
from elasticsearch.exceptions import NotFoundError as NotFoundError
from elasticsearch.exceptions import UnsupportedProductError as UnsupportedProductError
