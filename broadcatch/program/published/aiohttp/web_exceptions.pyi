# Public names of aiohttp 3.14.5, found by benchmarks/publishing.py
from aiohttp.web_response import Response as _Response
class HTTPAccepted(HTTPSuccessful):
    status_code: int
class HTTPSuccessful(HTTPException): ...
class HTTPException(_Response, Exception):
    def __bool__(self, *args, **kwargs) -> bool: ...
    status_code: int
    empty_body: bool
    text: str
class HTTPBadGateway(HTTPServerError):
    status_code: int
class HTTPServerError(HTTPError): ...
class HTTPError(HTTPException): ...
class HTTPBadRequest(HTTPClientError):
    status_code: int
class HTTPClientError(HTTPError): ...
class HTTPConflict(HTTPClientError):
    status_code: int
class HTTPCreated(HTTPSuccessful):
    status_code: int
class HTTPExpectationFailed(HTTPClientError):
    status_code: int
class HTTPFailedDependency(HTTPClientError):
    status_code: int
class HTTPForbidden(HTTPClientError):
    status_code: int
class HTTPFound(HTTPMove):
    status_code: int
class HTTPMove(HTTPRedirection):
    location: ...
class HTTPRedirection(HTTPException): ...
class HTTPGatewayTimeout(HTTPServerError):
    status_code: int
class HTTPGone(HTTPClientError):
    status_code: int
class HTTPInsufficientStorage(HTTPServerError):
    status_code: int
class HTTPInternalServerError(HTTPServerError):
    status_code: int
class HTTPLengthRequired(HTTPClientError):
    status_code: int
class HTTPMethodNotAllowed(HTTPClientError):
    status_code: int
    allowed_methods: set
    method: str
class HTTPMisdirectedRequest(HTTPClientError):
    status_code: int
class HTTPMovedPermanently(HTTPMove):
    status_code: int
class HTTPMultipleChoices(HTTPMove):
    status_code: int
class HTTPNetworkAuthenticationRequired(HTTPServerError):
    status_code: int
class HTTPNoContent(HTTPSuccessful):
    status_code: int
    empty_body: bool
class HTTPNonAuthoritativeInformation(HTTPSuccessful):
    status_code: int
class HTTPNotAcceptable(HTTPClientError):
    status_code: int
class HTTPNotExtended(HTTPServerError):
    status_code: int
class HTTPNotFound(HTTPClientError):
    status_code: int
class HTTPNotImplemented(HTTPServerError):
    status_code: int
class HTTPNotModified(HTTPRedirection):
    status_code: int
    empty_body: bool
class HTTPOk(HTTPSuccessful):
    status_code: int
class HTTPPartialContent(HTTPSuccessful):
    status_code: int
class HTTPPaymentRequired(HTTPClientError):
    status_code: int
class HTTPPermanentRedirect(HTTPMove):
    status_code: int
class HTTPPreconditionFailed(HTTPClientError):
    status_code: int
class HTTPPreconditionRequired(HTTPClientError):
    status_code: int
class HTTPProxyAuthenticationRequired(HTTPClientError):
    status_code: int
class HTTPRequestEntityTooLarge(HTTPClientError):
    status_code: int
class HTTPRequestHeaderFieldsTooLarge(HTTPClientError):
    status_code: int
class HTTPRequestRangeNotSatisfiable(HTTPClientError):
    status_code: int
class HTTPRequestTimeout(HTTPClientError):
    status_code: int
class HTTPRequestURITooLong(HTTPClientError):
    status_code: int
class HTTPResetContent(HTTPSuccessful):
    status_code: int
    empty_body: bool
class HTTPSeeOther(HTTPMove):
    status_code: int
class HTTPServiceUnavailable(HTTPServerError):
    status_code: int
class HTTPTemporaryRedirect(HTTPMove):
    status_code: int
class HTTPTooManyRequests(HTTPClientError):
    status_code: int
class HTTPUnauthorized(HTTPClientError):
    status_code: int
class HTTPUnavailableForLegalReasons(HTTPClientError):
    @property
    def link(self, *args, **kwargs): ...
    status_code: int
class HTTPUnprocessableEntity(HTTPClientError):
    status_code: int
class HTTPUnsupportedMediaType(HTTPClientError):
    status_code: int
class HTTPUpgradeRequired(HTTPClientError):
    status_code: int
class HTTPUseProxy(HTTPMove):
    status_code: int
class HTTPVariantAlsoNegotiates(HTTPServerError):
    status_code: int
class HTTPVersionNotSupported(HTTPServerError):
    status_code: int
class NotAppKeyWarning(UserWarning): ...
