# Public names of elasticsearch 9.5.1, found by benchmarks/publishing.py
from elasticsearch.dsl.exceptions import ElasticsearchDslException as ElasticsearchDslException
from elasticsearch.dsl.exceptions import IllegalOperation as IllegalOperation
from elasticsearch.dsl.exceptions import UnknownDslObject as UnknownDslObject
from elasticsearch.dsl.exceptions import ValidationException as ValidationException
