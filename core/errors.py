"""What a person can be told instead of a result.

Each error carries a stable ``code`` for programs, a sentence for people, and the HTTP
status that an interface over HTTP answers with. Services raise them; they know nothing
of requests.
"""

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

# What the system says of a disk, a quota or a limit that is full.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: what came, and what would have been right."""

    field: str
    message: str
    code: str = "invalid"
    received: Any = None


class SumaniError(Exception):
    """Base of everything that is refused with a sentence."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.errors = tuple(errors)
        self.extra = dict(extra or {})


class Invalid(SumaniError):
    """The values cannot be accepted, now or later."""

    @classmethod
    def field(
        cls, field: str, message: str, *, received: Any = None, code: str = "invalid"
    ) -> "Invalid":
        """Refuse one field."""
        error = FieldError(field, message, code=code, received=received)
        return cls(message, errors=[error])


class TooLarge(SumaniError):
    """More was sent than is read."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too_large"


class NotYours(SumaniError):
    """Not found, or not this person's: the two are told alike."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class NotNow(SumaniError):
    """This person may do it, but in another phase."""

    status = HTTPStatus.FORBIDDEN
    code = "not_now"


class SecondFactorMissing(SumaniError):
    """This office asks for a second factor, and the person has set none up."""

    status = HTTPStatus.FORBIDDEN
    code = "second_factor_required"


class TooManyTries(SumaniError):
    """Tried too often; ``extra`` tells how many seconds to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "throttled"


class Conflict(SumaniError):
    """The state of things forbids it."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class Gone(SumaniError):
    """It was there, and is no longer kept."""

    status = HTTPStatus.GONE
    code = "gone"


class Stale(SumaniError):
    """Somebody saved in between: ``extra`` carries what is stored now."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "stale"


class VersionMissing(SumaniError):
    """The caller did not say which version the change is based on."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "version_required"
