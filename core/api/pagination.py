"""Pages of 50, at most 200."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from core.api.queries import whole_number
from core.errors import Invalid


class PagePagination(PageNumberPagination):
    """``?page=`` and ``?page_size=``; the answer counts all rows."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    invalid_page_message = gettext_lazy("There is no page {page_number}.")

    def get_page_size(self, request: Request) -> int:
        """Read how many rows a page has; more than the most is refused, not cut."""
        return whole_number(
            request.query_params,
            "page_size",
            default=self.page_size,
            highest=self.max_page_size,
        )

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe both parameters with their bounds."""
        most = {self.page_size_query_param: {"maximum": self.max_page_size}}
        described = super().get_schema_operation_parameters(view)
        for parameter in described:
            parameter["schema"] |= {"minimum": 1, **most.get(parameter["name"], {})}
        return described

    def get_page_number(self, request: Request, paginator: Any) -> Any:
        """Read the page; whether there is one of this number, the rows say."""
        asked = request.query_params.get(self.page_query_param) or "1"
        is_number = asked.isascii() and asked.isdecimal() and asked.strip("0")
        if not is_number and asked not in self.last_page_strings:
            raise Invalid.field(
                self.page_query_param,
                _("Pages are counted in whole numbers from 1; the last is “last”."),
                received=asked,
            )
        return super().get_page_number(request, paginator)
