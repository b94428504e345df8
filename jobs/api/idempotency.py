"""``Idempotency-Key``: the same request sent twice creates one thing.

The key's row is inserted in the same transaction as the work: two requests with one
key wait for each other, and the second is given the first one's answer. Refusals
(4xx) change nothing and are not kept, so a corrected request may use the same key.
"""

from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.digests import json_digest
from core.errors import Invalid, SumaniError
from core.policy import limit_of
from jobs.models import IdempotencyKey

_MAX_LENGTH = 200
REPLAYED = "Idempotency-Replayed"


class KeyReused(SumaniError):
    """The key belongs to a different request."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "idempotency_key_reused"


class IdempotentCreateMixin:
    """Make the POST actions of a viewset idempotent for callers who send a key.

    ``secret_fields`` are left out of what is kept: a one-time code is told once.
    """

    secret_fields: tuple[str, ...] = ()

    def idempotent(self, request: Request, work: Any, *, body: Any = None) -> Response:
        """Run ``work()`` once for this person and key.

        ``body`` stands for what was sent where that is not JSON: a file by its hash.
        """
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return work()
        if not 1 <= len(key) <= _MAX_LENGTH or not key.isprintable():
            raise Invalid.field(
                "Idempotency-Key",
                _("The key must have 1 to {limit} printable characters.").format(
                    limit=_MAX_LENGTH
                ),
                received=key[:_MAX_LENGTH],
            )
        sent = request.data if body is None else body
        asked = {"path": request.path, "method": request.method, "body": sent}
        if (limit := limit_of(request.user)) is not None:
            # The answer to a token that may do more is not this one's to read.
            asked["limited_to"] = str(limit)
        fingerprint = json_digest(asked)
        return self._once(request, key, fingerprint, work)

    def _once(
        self, request: Request, key: str, fingerprint: str, work: Any
    ) -> Response:
        owner = {"person_id": request.user.pk, "key": key}
        try:
            with transaction.atomic():
                with transaction.atomic():
                    row = IdempotencyKey.objects.create(
                        **owner, request_sha256=fingerprint
                    )
                response = work()
                row.status = response.status_code
                row.body = {
                    name: None if name in self.secret_fields else value
                    for name, value in response.data.items()
                }
                row.etag = response.headers.get("ETag", "")
                row.save(update_fields=["status", "body", "etag"])
                return response
        except IntegrityError:
            kept = IdempotencyKey.objects.filter(**owner).first()
            if kept is None:
                raise
        if kept.request_sha256 != fingerprint:
            raise KeyReused(
                _("This idempotency key was already used for another request.")
            )
        headers = {REPLAYED: "true"}
        if kept.etag:
            headers["ETag"] = kept.etag
        return Response(kept.body, status=kept.status, headers=headers)
