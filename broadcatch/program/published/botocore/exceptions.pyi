# Public names of botocore 1.44.5, found by benchmarks/publishing.py
from botocore.vendored.requests.exceptions import ConnectTimeout as _ConnectTimeout
from botocore.vendored.requests.exceptions import ProxyError as _ProxyError
from botocore.vendored.requests.exceptions import ReadTimeout as _ReadTimeout
from botocore.vendored.requests.exceptions import SSLError as _SSLError
from botocore.vendored.requests.packages.urllib3.exceptions import ReadTimeoutError as _ReadTimeoutError
class InvalidEndpointConfigurationError(BotoCoreError):
    fmt: str
class BotoCoreError(Exception):
    def __reduce__(self, *args, **kwargs) -> tuple: ...
    fmt: str
    kwargs: dict
class NoAuthTokenError(BotoCoreError):
    fmt: str
class NoCredentialsError(BotoCoreError):
    fmt: str
class UnknownSignatureVersionError(BotoCoreError):
    fmt: str
class UnsupportedSignatureVersionError(BotoCoreError):
    fmt: str
class UnseekableStreamError(BotoCoreError):
    fmt: str
class ClientError(Exception):
    def __reduce__(self, *args, **kwargs) -> tuple: ...
    MSG_TEMPLATE: str
    response: ...
    operation_name: ...
class DataNotFoundError(BotoCoreError):
    fmt: str
class InvalidEndpointDiscoveryConfigurationError(BotoCoreError):
    fmt: str
class OperationNotPageableError(BotoCoreError):
    fmt: str
class UnknownServiceError(DataNotFoundError):
    fmt: str
class MD5UnavailableError(BotoCoreError):
    fmt: str
class InvalidMaxRetryAttemptsError(InvalidRetryConfigurationError):
    fmt: str
class InvalidRetryConfigurationError(BotoCoreError):
    fmt: str
class InvalidRetryModeError(InvalidRetryConfigurationError):
    fmt: str
class InvalidS3AddressingStyleError(BotoCoreError):
    fmt: str
class InvalidConfigError(BotoCoreError):
    fmt: str
class ConfigNotFound(BotoCoreError):
    fmt: str
class CredentialRetrievalError(BotoCoreError):
    fmt: str
class InfiniteLoopConfigError(InvalidConfigError):
    fmt: str
class LoginError(BotoCoreError):
    fmt: str
class LoginInsufficientPermissions(LoginError):
    fmt: str
class LoginRefreshRequired(LoginError):
    fmt: str
class LoginTokenLoadError(LoginError):
    fmt: str
class MetadataRetrievalError(BotoCoreError):
    fmt: str
class MissingDependencyException(BotoCoreError):
    fmt: str
class PartialCredentialsError(BotoCoreError):
    fmt: str
class RefreshWithMFAUnsupportedError(BotoCoreError):
    fmt: str
class UnauthorizedSSOTokenError(SSOError):
    fmt: str
class SSOError(BotoCoreError):
    fmt: str
class UnknownCredentialError(BotoCoreError):
    fmt: str
class ConnectionError(BotoCoreError):
    fmt: str
class HTTPClientError(BotoCoreError):
    def __reduce__(self, *args, **kwargs) -> tuple: ...
    fmt: str
    request: ...
    response: ...
class EndpointResolutionError(EndpointProviderError):
    fmt: str
class EndpointProviderError(BotoCoreError):
    fmt: str
class EventStreamError(ClientError): ...
class UnknownRegionError(BotoCoreError):
    fmt: str
class ApiVersionNotFoundError(BotoCoreError):
    fmt: str
class InvalidIMDSEndpointError(BotoCoreError):
    fmt: str
class InvalidIMDSEndpointModeError(BotoCoreError):
    fmt: str
class EndpointConnectionError(ConnectionError):
    fmt: str
class SSLError(ConnectionError, _SSLError):
    fmt: str
class ConnectionClosedError(HTTPClientError):
    fmt: str
class ReadTimeoutError(HTTPClientError, _ReadTimeout, _ReadTimeoutError):
    fmt: str
class ConnectTimeoutError(ConnectionError, _ConnectTimeout):
    fmt: str
class ProxyConnectionError(ConnectionError, _ProxyError):
    fmt: str
class ResponseStreamingError(HTTPClientError):
    fmt: str
class TokenRetrievalError(BotoCoreError):
    fmt: str
class UnknownTokenProviderError(BotoCoreError):
    fmt: str
class ServiceNotInRegionError(BotoCoreError):
    fmt: str
class BaseEndpointResolverError(BotoCoreError): ...
class NoRegionError(BaseEndpointResolverError):
    fmt: str
class EndpointVariantError(BaseEndpointResolverError):
    fmt: str
class UnknownEndpointError(BaseEndpointResolverError, ValueError):
    fmt: str
class UnknownFIPSEndpointError(BaseEndpointResolverError):
    fmt: str
class ProfileNotFound(BotoCoreError):
    fmt: str
class ConfigParseError(BotoCoreError):
    fmt: str
class MissingParametersError(BotoCoreError):
    fmt: str
class ValidationError(BotoCoreError):
    fmt: str
class ParamValidationError(BotoCoreError):
    fmt: str
class UnknownKeyError(ValidationError):
    fmt: str
class RangeError(ValidationError):
    fmt: str
class UnknownParameterError(ValidationError):
    fmt: str
class InvalidRegionError(ValidationError, ValueError):
    fmt: str
class AliasConflictParameterError(ValidationError):
    fmt: str
class UnknownServiceStyle(BotoCoreError):
    fmt: str
class PaginationError(BotoCoreError):
    fmt: str
class ChecksumError(BotoCoreError):
    fmt: str
class WaiterError(BotoCoreError):
    fmt: str
    last_response: ...
class IncompleteReadError(BotoCoreError):
    fmt: str
class InvalidExpressionError(BotoCoreError):
    fmt: str
class WaiterConfigError(BotoCoreError):
    fmt: str
class UnknownClientMethodError(BotoCoreError):
    fmt: str
class UnsupportedTLSVersionWarning(Warning): ...
class ImminentRemovalWarning(Warning): ...
class InvalidDNSNameError(BotoCoreError):
    fmt: str
class UnsupportedS3ArnError(BotoCoreError):
    fmt: str
class UnsupportedS3ControlArnError(BotoCoreError):
    fmt: str
class InvalidHostLabelError(BotoCoreError):
    fmt: str
class UnsupportedOutpostResourceError(BotoCoreError):
    fmt: str
class UnsupportedS3ConfigurationError(BotoCoreError):
    fmt: str
class UnsupportedS3AccesspointConfigurationError(BotoCoreError):
    fmt: str
class UnsupportedS3ControlConfigurationError(BotoCoreError):
    fmt: str
class InvalidS3UsEast1RegionalEndpointConfigError(BotoCoreError):
    fmt: str
class InvalidSTSRegionalEndpointsConfigError(BotoCoreError):
    fmt: str
class StubResponseError(BotoCoreError):
    fmt: str
class StubAssertionError(StubResponseError, AssertionError): ...
class UnStubbedResponseError(StubResponseError): ...
class UndefinedModelAttributeError(Exception): ...
class MissingServiceIdError(UndefinedModelAttributeError):
    fmt: str
    kwargs: dict
class SSOTokenLoadError(SSOError):
    fmt: str
class LoginAuthorizationCodeError(LoginError):
    fmt: str
class CapacityNotAvailableError(BotoCoreError):
    fmt: str
class InvalidProxiesConfigError(BotoCoreError):
    fmt: str
class InvalidDefaultsMode(BotoCoreError):
    fmt: str
class AwsChunkedWrapperError(BotoCoreError):
    fmt: str
class FlexibleChecksumError(BotoCoreError):
    fmt: str
class UnknownEndpointResolutionBuiltInName(EndpointProviderError):
    fmt: str
class InvalidChecksumConfigError(BotoCoreError):
    fmt: str
class UnsupportedServiceProtocolsError(BotoCoreError):
    fmt: str
