# Public names of google-cloud-bigquery 3.47.0, found by benchmarks/publishing.py
from google.cloud.bigquery.magics.line_arg_parser.exceptions import DuplicateQueryParamsError as DuplicateQueryParamsError
from google.cloud.bigquery.magics.line_arg_parser.exceptions import ParseError as ParseError
from google.cloud.bigquery.magics.line_arg_parser.exceptions import QueryParamsParseError as QueryParamsParseError
