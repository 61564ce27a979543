# Public names of twilio 9.13.0, found by benchmarks/publishing.py
class TwilioException(Exception): ...
class TwilioRestException(TwilioException):
    def __str__(self, *args, **kwargs) -> str: ...
    uri: str
    status: int
    msg: str
    code: int
    method: str
    details: ...
class TwilioServiceException(TwilioException):
    def __str__(self, *args, **kwargs) -> str: ...
    type: str
    title: str
    status: int
    code: int
    detail: str
    instance: str
    errors: list
    method: str
    uri: str
