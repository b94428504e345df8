"""``ETag`` out, ``If-Match`` or a ``version`` in the body in."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import Invalid, VersionMissing

_ETAG = re.compile(r'^(?:W/)?"v(?P<version>\d{1,9})"$')


def etag(version: int) -> str:
    """Write a version as an entity tag."""
    return f'"v{version}"'


def tagged(data: Any, version: int, **kwargs: Any) -> Response:
    """Answer with the entity tag of ``version``."""
    return Response(data, headers={"ETag": etag(version)}, **kwargs)


def expected_version(request: Request, validated: dict[str, Any]) -> int:
    """Take the version that the caller's change is based on.

    ``If-Match`` (weak or strong) and a ``version`` in the body say the same; where
    both come they must agree, where neither comes the answer is 428.
    """
    in_body = validated.pop("version", None)
    in_header = _if_match(request.headers.get("If-Match"))
    if in_body is None and in_header is None:
        raise VersionMissing(
            _(
                "Say which version you changed: send “version” in the body or the"
                " header If-Match with the ETag you received. Nothing was saved."
            )
        )
    if in_body is not None and in_header is not None and in_body != in_header:
        raise Invalid.field(
            "version",
            _("The body names version {body}, If-Match names {header}.").format(
                body=in_body, header=in_header
            ),
            received=in_body,
        )
    return in_header if in_body is None else in_body


def _if_match(header: str | None) -> int | None:
    if header is None:
        return None
    if match := _ETAG.match(header.strip()):
        return int(match["version"])
    raise Invalid.field(
        "If-Match",
        _('If-Match must be an ETag of this server, such as "v3".'),
        received=header,
    )
