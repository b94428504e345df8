"""No address without a row of the matrix, no row without an address or a service."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import include, path, reverse
from rest_framework.response import Response
from rest_framework.views import APIView

from contest.phases import ActKind
from core.api.viewsets import MatrixViewSet
from tests.api import Person
from tests.factories import UserFactory
from tests.policy import table
from tests.policy.calls import NAMES
from tests.policy.pages import PAGES
from tests.policy.routes import METHODS, OUTSIDE_DRF, routes


class Forgetful(MatrixViewSet):
    """A view whose author forgot the matrix."""

    def list(self, request):  # noqa: ARG002 - DRF's signature
        return Response("open to everybody")


class Plain(APIView):
    """The same without a viewset."""

    def get(self, request):  # noqa: ARG002 - DRF's signature
        return Response("open to everybody")


class Misspelt(MatrixViewSet):
    """A view that names a row which does not exist."""

    permission_map = {"list": "contest.lst"}

    def list(self, request):  # noqa: ARG002 - DRF's signature
        return Response("open to everybody")


planted = [
    path("forgetful/", Forgetful.as_view({"get": "list"}), name="forgetful"),
    path("plain/", Plain.as_view(), name="plain"),
    path("misspelt/", Misspelt.as_view({"get": "list"}), name="misspelt"),
]
urlpatterns = [path("api/v1/", include(planted))]


def unmapped(urlconf=None):
    """The routes that name no row of the matrix."""
    return [
        f"{route.method} {route.name}"
        for route in routes(urlconf)
        if route.action not in table.cells()
    ]


def test_every_route_names_a_row_of_the_matrix():
    assert unmapped() == []


def test_a_route_without_a_row_is_noticed():
    """The control: this suite can fail."""
    assert unmapped(__name__) == ["get forgetful", "get plain", "get misspelt"]


def test_every_route_has_its_cells_asked():
    outside = {name for name, _method in OUTSIDE_DRF}

    assert {route.name for route in routes()} == set(NAMES) | set(PAGES) | outside


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["forgetful/", "plain/"])
def test_a_route_without_a_row_is_closed_to_everybody(address):
    administrator = Person(UserFactory(is_administrator=True))

    answers = [person.get(address) for person in (Person(), administrator)]

    assert [answer.status_code for answer in answers] == [401, 403]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_route_with_an_unknown_row_fails_and_opens_nothing():
    person = Person(UserFactory())

    with pytest.raises(KeyError, match=r"contest\.lst"):
        person.get("misspelt/")


@pytest.mark.django_db
def test_a_method_that_no_route_names_opens_nothing():
    administrator = Person(UserFactory(is_administrator=True))
    named = {(route.name, route.method) for route in routes()}
    lists = [name for name in NAMES if NAMES[name] is None]

    answers = {
        (name, method): administrator.client.generic(method.upper(), reverse(name))
        for name in lists
        for method in METHODS
        if (name, method) not in named
    }

    assert {answer.status_code for answer in answers.values()} <= {403, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["healthz", "api/v1/schema/", "api/v1/docs/"])
def test_what_lies_outside_drf_is_public_as_the_matrix_says(client, name):
    response = client.get(f"/{name}")

    assert response.status_code == 200


# --- Rows without a route -------------------------------------------------------


@cache
def texts_of_the_code():
    """Every text that the product's code holds; of an f-string its fixed parts."""
    root = Path(settings.BASE_DIR)
    sources = [
        path for app in settings.LOCAL_APPS for path in (root / app).rglob("*.py")
    ]
    return {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_row_of_the_matrix_has_a_route_or_a_service_that_asks_it():
    assert "contest." in texts_of_the_code()  # record_act asks f"contest.{kind}"
    by_act = {f"contest.{kind}" for kind in ActKind}
    outside = set(OUTSIDE_DRF.values())

    assert set(table.cells()) - texts_of_the_code() - by_act - outside == set()


def test_a_row_that_nobody_asks_is_noticed():
    """The control: this suite can fail."""
    assert "contest.delete_everything" not in texts_of_the_code()
