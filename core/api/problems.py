"""Every refusal as ``application/problem+json`` (RFC 9457).

Members: ``type`` (about:blank), ``title`` (the HTTP status in words), ``status``,
``code`` (stable, for programs), ``detail`` (a sentence for people) and, where fields
are concerned, ``errors``: a list of ``field``, ``code``, ``message``, ``received``.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.disk import full, is_full
from core.errors import FieldError, SumaniError

CONTENT_TYPE = "application/problem+json"
_RECEIVED_SHOWN = 200  # characters of a received value that are repeated back
_RETRY_AFTER = 5  # seconds
_MISSING = object()

logger = structlog.get_logger(__name__)


def problem_response(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Turn an exception of a view into a problem; DRF's ``EXCEPTION_HANDLER``."""
    request = context.get("request")
    headers: dict[str, str] = {}
    if isinstance(exc, SumaniError):
        body = _of_sumani_error(exc)
    elif isinstance(exc, Http404):
        body = _body(HTTPStatus.NOT_FOUND, "not_found", _not_found())
    elif isinstance(exc, RequestDataTooBig):
        body = _too_large()
    elif isinstance(exc, PermissionDenied):
        body = _body(HTTPStatus.FORBIDDEN, "forbidden", _("This is not allowed."))
    elif isinstance(exc, exceptions.ValidationError):
        body = _of_validation(exc, request)
    elif isinstance(exc, exceptions.APIException):
        body, headers = _of_api_exception(exc)
    elif isinstance(exc, OperationalError):
        logger.error("database away", exc_info=exc)
        body, headers = unavailable(), {"Retry-After": str(_RETRY_AFTER)}
    else:
        return None
    set_rollback()
    return Response(
        body, status=body["status"], headers=headers, content_type=CONTENT_TYPE
    )


def _too_large() -> dict[str, Any]:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
    return _body(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too_large",
        _("The body is too large; at most {limit} KB are read.").format(limit=limit),
    )


def unavailable() -> dict[str, Any]:
    """Say that the database cannot be reached just now."""
    return _body(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        _(
            "The database does not answer at the moment. Nothing that was confirmed is"
            " lost; what you sent now was not saved. Send it again in a few seconds."
        ),
    )


def _body(
    status: int, code: str, detail: str, errors: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    return body


def _of_sumani_error(exc: SumaniError) -> dict[str, Any]:
    errors = [
        {
            "field": e.field,
            "code": e.code,
            "message": str(e.message),
            "received": _shown(e.received),
        }
        for e in exc.errors
    ]
    return {**exc.extra, **_body(exc.status, exc.code, str(exc.message), errors)}


def _of_api_exception(
    exc: exceptions.APIException,
) -> tuple[dict[str, Any], dict[str, str]]:
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    detail, code = str(exc.detail), str(exc.get_codes())
    if detail == str(exceptions.NotFound.default_detail):
        detail = _not_found()
    return _body(exc.status_code, code, detail), headers


def _of_validation(exc: exceptions.ValidationError, request: Any) -> dict[str, Any]:
    sent = _sent(request)
    errors = [_field_error(error, sent) for error in field_errors(exc)]
    detail = " ".join(
        f"{error['field']}: {error['message']}" if error["field"] else error["message"]
        for error in errors[:5]
    )
    return _body(HTTPStatus.BAD_REQUEST, "invalid", detail, errors)


def field_errors(exc: exceptions.ValidationError) -> Iterator[FieldError]:
    """List what a serializer refuses, each with its dotted field."""
    return _flatten(exc.get_full_details(), path=())


def _flatten(details: Any, path: tuple[str, ...]) -> Iterator[FieldError]:
    """Walk DRF's nested details down to single messages with a dotted path."""
    if isinstance(details, Mapping) and "message" in details and "code" in details:
        yield FieldError(".".join(path), str(details["message"]), str(details["code"]))
    elif isinstance(details, Mapping):
        for key, value in details.items():
            step = () if key == "non_field_errors" else (str(key),)
            yield from _flatten(value, path + step)
    elif isinstance(details, Sequence):
        for index, value in enumerate(details):
            is_message = isinstance(value, Mapping) and "message" in value
            yield from _flatten(value, path if is_message else (*path, str(index)))


def _field_error(error: FieldError, sent: Any) -> dict[str, Any]:
    received = _at(sent, error.field)
    message = error.message
    if received is not _MISSING:
        message = _("{message} Received: {received}.").format(
            message=message, received=_quoted(received)
        )
    return {
        "field": error.field,
        "code": error.code,
        "message": message,
        "received": None if received is _MISSING else _shown(received),
    }


def _sent(request: Any) -> Any:
    try:
        return request.data or request.query_params
    except exceptions.APIException:  # the body itself was the error
        return {}


def _at(sent: Any, dotted: str) -> Any:
    value = sent
    for step in dotted.split("."):
        if isinstance(value, Mapping):
            value = value.get(step, _MISSING)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return _MISSING
    return value


def _shown(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _RECEIVED_SHOWN:
        return value[:_RECEIVED_SHOWN] + "…"
    if isinstance(value, (list, Mapping)):
        return _quoted(value)
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)


def _quoted(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    if len(text) > _RECEIVED_SHOWN:
        text = text[:_RECEIVED_SHOWN] + "…"
    return _("“{text}”").format(text=text)


def _not_found() -> str:
    return _("There is nothing at this address, or it is not yours to see.")


def json_problem(status: int, code: str, detail: str) -> HttpResponse:
    """Answer outside DRF (unknown addresses, the last resort) in the same form."""
    return JsonResponse(
        _body(status, code, detail), status=status, content_type=CONTENT_TYPE
    )


def handle_404(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django names it
    """Django's ``handler404``."""
    return json_problem(HTTPStatus.NOT_FOUND, "not_found", _not_found())


def handle_400(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django names it
    """Django's ``handler400``: a host or a body that Django itself refused."""
    return json_problem(
        HTTPStatus.BAD_REQUEST, "invalid", _("This request cannot be read.")
    )


def handle_500(_request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: says nothing of the inside."""
    if is_full(sys.exception()):
        refusal = full()
        return json_problem(refusal.status, refusal.code, refusal.message)
    return json_problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "server_error",
        _(
            "Something went wrong on our side; it has been recorded. Nothing that was"
            " confirmed is lost. Please try again."
        ),
    )
