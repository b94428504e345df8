"""Bases of our viewsets: what is asked of the matrix, against which object."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from core.api.queries import refuse_unknown
from core.errors import NotYours


class MatrixViewSet(GenericViewSet):
    """A viewset whose every action names its row of the matrix in ``permission_map``.

    ``object_actions`` are judged against the object of the address, all others
    against nothing.
    """

    permission_map: dict[str, str] = {}
    ordering_fields: list[str] = []
    query_params: dict[str, tuple[str, ...]] = {}  # of an action, beyond its filters
    paged_actions: tuple[str, ...] = ("list",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask for the permission, then whether the address is one that is read."""
        super().initial(request, *args, **kwargs)
        if request.method in SAFE_METHODS:
            refuse_unknown(self, request)

    @property
    def judges_object(self) -> bool:
        """Tell whether the address names the object that decides."""
        return bool(self.detail)

    def fetch(self, queryset: QuerySet[Any], **lookup: Any) -> Any:
        """Get one row and judge the request against it; no row is ``NotYours``."""
        return self.judged_row(queryset.filter(**lookup).first())

    def judged_row(self, obj: Any) -> Any:
        """Judge the request against a row that was found; None is ``NotYours``."""
        if obj is None:
            raise NotYours(
                _("There is nothing at this address, or it is not yours to see.")
            )
        self.check_object_permissions(self.request, obj)
        return obj

    def read(self, serializer_class: type[Serializer], **kwargs: Any) -> dict[str, Any]:
        """Validate the body."""
        form = serializer_class(data=self.request.data, **kwargs)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)
