"""What every page promises, tried on planted ones."""

import re
from http import HTTPStatus
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from config.urls import urlpatterns as ours
from contest.models import Contest
from core.errors import Invalid, Stale
from core.pages.forms import Form, TextField
from core.pages.views import FormPage, Page
from tests.factories import ContestFactory, CoordinatorFactory, UserFactory
from tests.pages.reading import main_of
from tests.policy.pages import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class TitleForm(Form):
    title = TextField(label="Pavadinimas", max_length=10)
    kind = forms.ChoiceField(
        choices=[("a", "A"), ("b", "B")], required=False, widget=forms.RadioSelect
    )


class Planted(FormPage):
    permission_map = {"get": "contest.view", "post": "contest.change"}
    template_name = "accounts/account.html"
    form_class = TitleForm

    def find(self):
        return self.fetch(Contest.objects.with_course(), slug=self.kwargs["slug"])

    def save(self, form):
        if form.cleaned_data["title"] == "refused":
            raise Invalid.field("title", "Not this one.")
        if form.cleaned_data["title"] == "stale":
            raise Stale("Somebody was faster.")


class Closed(Planted):
    """A form whose page is closed together with it."""

    permission_map = {"get": "contest.change", "post": "contest.change"}


class Forgetful(Page):
    """A page whose author forgot the matrix."""

    template_name = "error.html"


class Away(Page):
    permission_map = {"get": "core.docs"}

    def get(self, request):  # noqa: ARG002 - Django's signature
        raise OperationalError("connection refused")


planted = (
    [
        path("<slug:slug>/", Planted.as_view(), name="form"),
        path("<slug:slug>/closed/", Closed.as_view(), name="closed"),
        path("forgetful/page/", Forgetful.as_view(), name="forgetful"),
        path("away/page/", Away.as_view(), name="away"),
    ],
    "planted",
)
urlpatterns = [path("planted/", include(planted)), *ours]
handler404 = "core.pages.errors.handle_404"
handler500 = "core.pages.errors.handle_500"


@pytest.fixture
def contest():
    return ContestFactory(phase="open")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def test_a_page_without_a_row_is_closed(browser):
    assert browser.get("/planted/forgetful/page/").status_code == 405


def test_a_stranger_is_led_to_sign_in_and_back(contest, client):
    response = client.post(f"/planted/{contest.slug}/", {"title": "x"})
    desk = client.get("/desk/")

    assert response["Location"] == f"/sign-in/?next=%2Fplanted%2F{contest.slug}%2F"
    assert desk["Location"] == "/sign-in/?next=%2Fdesk%2F"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\e"],
)
def test_the_way_back_never_leads_elsewhere(target, client):
    page = client.get("/sign-in/", {"next": target}).content.decode()

    assert 'name="next" value="/desk/"' in page


def test_what_is_not_ones_own_is_told_as_not_there(contest):
    other = browser_of(UserFactory())

    answers = [
        other.post(f"/planted/{contest.slug}/"),
        other.get("/planted/no-such/"),
        other.get("/no/such/page/"),
    ]

    assert {a.status_code for a in answers} == {404}
    assert len({main_of(answer) for answer in answers}) == 1


def test_a_wrong_value_is_told_at_the_top_and_beside_its_field(contest, browser):
    response = browser.post(f"/planted/{contest.slug}/", {"title": "much too long"})

    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="much too long"' in page
    assert '<a href="#id_title">' in page
    assert 'aria-invalid="true" aria-describedby="id_title_error"' in page
    assert 'id="id_title_error"' in page


@pytest.mark.parametrize(
    ("title", "status", "sentence"),
    [("refused", 400, "Not this one."), ("stale", 412, "Somebody was faster.")],
)
def test_what_a_service_refuses_keeps_what_was_typed(
    title, status, sentence, contest, browser
):
    response = browser.post(f"/planted/{contest.slug}/", {"title": title})

    assert response.status_code == status
    assert sentence in response.content.decode()
    assert f'value="{title}"' in response.content.decode()


def test_what_was_typed_stays_when_the_time_ran_out():
    late = ContestFactory(phase="judging")
    person = CoordinatorFactory(contest=late).person

    response = browser_of(person).post(f"/planted/{late.slug}/", {"title": "typed"})

    assert response.status_code == 403
    assert 'value="typed"' in response.content.decode()


@pytest.mark.parametrize("page", ["", "closed/"], ids=["readable", "closed, too"])
def test_what_comes_too_late_is_shown_again_to_be_copied(page):
    late = ContestFactory(phase="judging")
    person = CoordinatorFactory(contest=late).person
    where = f"/planted/{late.slug}/{page}"

    response = browser_of(person).post(where, {"title": "<b>typed</b>"})

    assert response.status_code == 403
    assert '<dd class="text">&lt;b&gt;typed&lt;/b&gt;</dd>' in main_of(response)
    assert "There is a problem" not in main_of(response)


def test_a_database_that_is_away_is_told_in_words(client):
    response = client.get("/planted/away/page/")

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == "5"
    assert "<h1>" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_words(contest):
    person = CoordinatorFactory(contest=contest).person
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person, backend="accounts.backends.CodeBackend")

    response = browser.post(f"/planted/{contest.slug}/", {"title": "x"})

    assert response.status_code == 403
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("where", ["/", "/sign-in/", "/no/such/page/", "/api/v1/docs/"])
def test_the_policy_lets_in_nothing_of_others_and_nothing_inline(where, client):
    policy = client.get(where)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_no_template_has_script_or_style_of_its_own():
    texts = {
        p: p.read_text() for p in Path(settings.BASE_DIR, "templates").rglob("*.*")
    }

    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:")
    assert texts
    assert [str(p) for p, text in texts.items() if inline.search(text)] == []


PAGES = "/", "/sign-in/", "/no/such/page/"


def reached_at(email, phone="+370 600 00000", **facts):
    """An announced contest of an organiser who can be asked."""
    own = {"series__organiser__email": email, "series__organiser__phone": phone}
    return ContestFactory(phase="open", **own, **facts)


@pytest.mark.parametrize("where", PAGES)
def test_the_only_organiser_stands_on_pages_outside_a_contest(where, client):
    reached_at("musu@example.org")
    ContestFactory(phase="set-up")

    page = client.get(where).content.decode()

    assert 'href="mailto:musu@example.org"' in page
    assert 'href="tel:+37060000000"' in page


@pytest.mark.parametrize("where", PAGES)
def test_where_organisers_share_a_site_those_who_run_it_are_asked(
    where, client, settings
):
    settings.CONTACT_EMAIL, settings.CONTACT_PHONE = "namai@example.org", "8 5 200"
    for email in ("musu@example.org", "ju@example.org"):
        reached_at(email)

    page = client.get(where).content.decode()

    assert page.count("mailto:") == 1
    assert 'href="mailto:namai@example.org"' in page
    assert 'href="tel:85200"' in page


def test_a_rehearsal_makes_nobody_an_organiser_to_ask(client):
    reached_at("musu@example.org")
    reached_at("ju@example.org", is_rehearsal=True)

    assert "mailto:musu@example.org" in client.get("/").content.decode()


@pytest.mark.parametrize("email", ["namai@example.org", ""])
def test_an_error_without_a_database_names_who_can_be_asked(email, client, settings):
    settings.CONTACT_EMAIL = email

    page = client.get("/planted/away/page/").content.decode()

    assert page.count('class="contact"') == bool(email)
    assert f"mailto:{email}" in page or not email
