# Public names of google-api-core 2.44.0, found by benchmarks/publishing.py
from google.api_core.exceptions import MissingStatusHeaderError as MissingStatusHeaderError
from google.api_core.exceptions import ResumableTransferError as ResumableTransferError
from google.api_core.exceptions import TransferStalledError as TransferStalledError
from google.api_core.exceptions import UnseekableStreamError as UnseekableStreamError
from google.api_core.exceptions import UploadCancelledError as UploadCancelledError
