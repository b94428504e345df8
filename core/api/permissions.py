"""The one bridge between DRF and the permission matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import (
    MethodNotAllowed,
    NotAuthenticated,
    PermissionDenied,
)
from rest_framework.permissions import SAFE_METHODS, BasePermission

from core import policy
from core.gate import admit

if TYPE_CHECKING:  # DRF reads this module while its own views are being imported
    from rest_framework.request import Request
    from rest_framework.views import APIView


class MatrixPermission(BasePermission):
    """Ask the matrix for the action that the view names.

    A view declares ``permission_map = {"list": "contest.list", ...}``, keyed by DRF's
    action or, in a plain view, by the method. What is missing is refused: forgetting
    is never opening. Views whose address names an object set ``judges_object`` and are
    judged once, with the object.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Refuse unnamed actions, read-only tokens that write, and strangers."""
        action = action_of(view)
        if action is None:
            method = (request.method or "").lower()
            if method == "options" or not hasattr(view, method):
                raise MethodNotAllowed(request.method)
            return False
        if not request.user.is_authenticated and not policy.is_public(action):
            raise NotAuthenticated
        _require_scope(request)
        if not getattr(view, "judges_object", False):
            admit(request, action, None)
        return True

    def has_object_permission(self, request: Request, view: APIView, obj: Any) -> bool:
        """Judge the action against the object and its contest's phase."""
        action = action_of(view)
        if action is None:
            return False
        admit(request, action, obj)
        return True


def action_of(view: APIView) -> str | None:
    """Name the row of the matrix that this request falls under."""
    method = (view.request.method or "").lower()
    name = getattr(view, "action", None) or {"head": "get"}.get(method, method)
    return getattr(view, "permission_map", {}).get(name)


def _require_scope(request: Request) -> None:
    """Keep a token that may only read from writing."""
    token = request.auth
    if token is None or request.method in SAFE_METHODS:
        return
    if not token.may_write:
        raise PermissionDenied(
            _("This token may only read. Ask for one with the scope “write”."),
            code="scope",
        )
