"""The OpenAPI description knows our problems, so that no client has to guess."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers

from core.api.permissions import action_of
from core.policy import is_public


@extend_schema_field(OpenApiTypes.ANY)
class AnythingField(serializers.JSONField):
    """What the caller sent, whatever it was."""


class FieldProblemSerializer(serializers.Serializer):
    """One thing wrong with one field."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    received = AnythingField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457, as ``application/problem+json``."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = FieldProblemSerializer(many=True, required=False)


_DESCRIPTIONS = {
    "400": "A value cannot be accepted; `errors` names the field.",
    "401": "Sign in first.",
    "403": "Yours, but not now: `detail` says when.",
    "404": "Nothing at this address, or not yours.",
    "409": "The state of things forbids it.",
    "412": "Somebody saved in between; `current` holds what is stored.",
    "413": "The body is too large.",
    "415": "Only JSON is read.",
    "406": "Only JSON is written.",
    "422": "The idempotency key was used for another request.",
    "428": "The version that the change is based on is missing.",
    "429": "Too often; `Retry-After` says when.",
    "503": "The database is away; nothing confirmed is lost.",
}
_ALWAYS = ("404", "406", "429", "503")
_WITH_BODY = ("400", "409", "412", "413", "415", "422", "428")


class ProblemAwareSchema(AutoSchema):
    """Add the problems that an operation can answer with."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        """Describe the operation, then its refusals."""
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        for status in self._problem_statuses():
            operation["responses"].setdefault(status, self._problem(status))
        return operation

    def _problem_statuses(self) -> list[str]:
        action = action_of(self.view)
        statuses = [*_ALWAYS, "400", "403"]
        if action and not is_public(action):
            statuses.append("401")
        if self.method in {"POST", "PUT", "PATCH", "DELETE"}:
            statuses += [*_WITH_BODY, "401"]
        return sorted(set(statuses))

    def _problem(self, status: str) -> Any:
        response = OpenApiResponse(ProblemSerializer, _DESCRIPTIONS[status])
        return self._get_response_for_code(
            response, status, media_types=["application/problem+json"]
        )
