"""The privacy notice: who answers, how long things are kept, whom to ask."""

import gzip
import re
from datetime import timedelta

import pytest

from tests.factories import ContestFactory, CoordinatorFactory, OrganiserFactory
from tests.pages.reading import main_of

pytestmark = pytest.mark.django_db
FIRST_VIEW = 14 * 1024  # bytes, compressed, with the style sheet


def notice(client, query="", language="lt"):
    response = client.get(f"/privacy/{query}", headers={"Accept-Language": language})
    assert response.status_code == 200
    return main_of(response)


def contest_of(country="LT", phase="open", **facts):
    organiser = OrganiserFactory(country=country, **facts)
    return ContestFactory(phase=phase, series__organiser=organiser)


def test_the_organiser_of_the_contest_one_comes_from_is_the_controller(client):
    here = contest_of(
        name={"lt": "Kaimo tinklas"}, phone="+370 600 00001", email="a@b.lt"
    )
    contest_of(name={"lt": "Kitas organizatorius"})
    on_page = client.get(f"/contests/{here.slug}/").content.decode()
    (way,) = re.findall(r'href="/privacy/([^"]*)"', on_page)

    text = notice(client, way)

    assert "Kaimo tinklas" in text
    assert "+370 600 00001" in text
    assert "a@b.lt" in text
    assert "Kitas organizatorius" not in text


@pytest.mark.parametrize("query", ["", "?contest=nera", "?contest=%00", "?contest=a b"])
def test_without_a_contest_all_organisers_of_announced_ones_are_named(query, client):
    contest_of(name={"lt": "Kaimo tinklas"})
    contest_of(name={"lt": "Kitas organizatorius"})
    contest_of(name={"lt": "Dar nepaskelbęs"}, phase="set-up")

    text = notice(client, query)

    assert "Kaimo tinklas" in text
    assert "Kitas organizatorius" in text
    assert "Dar nepaskelbęs" not in text


def test_a_contest_that_was_not_announced_is_not_told_of(client):
    hidden = contest_of(name={"lt": "Dar nepaskelbęs"}, phase="set-up")
    way = f"?contest={hidden.slug}"

    assert "Dar nepaskelbęs" not in notice(client, way)
    client.force_login(CoordinatorFactory(contest=hidden).person)
    assert "Dar nepaskelbęs" in notice(client, way)


@pytest.mark.parametrize(
    ("country", "language", "name", "site"),
    [
        *[
            (
                "LT",
                "lt",
                "Valstybinė duomenų apsaugos inspekcija",
                "https://vdai.lrv.lt/",
            )
        ],
        *[("LT", "en", "State Data Protection Inspectorate", "https://vdai.lrv.lt/")],
        ("LV", "en", "Data State Inspectorate of Latvia", "https://www.dvi.gov.lv/"),
        ("EE", "lt", "Estijos duomenų apsaugos inspekcija", "https://www.aki.ee/"),
    ],
)
def test_the_authority_of_the_country_is_named(country, language, name, site, client):
    contest_of(country)

    text = notice(client, language=language)

    assert f'<a href="{site}">{name}</a>' in text
    assert text.count("vdai.lrv.lt") == (1 if country == "LT" else 0)


def test_the_basis_is_named(client):
    text = notice(client)

    assert text.count("6 str. 1 d. f p.") == 1  # of all that has no other
    assert text.count("6 str. 1 d. a p.") == 2  # what was agreed to: entries, photos


def test_where_no_authority_is_known_the_list_of_all_helps(client):
    contest_of("PL")

    assert "edpb.europa.eu" in notice(client)


def test_periods_are_those_of_the_settings(client, settings):
    settings.MAIL_TEXTS_KEPT = timedelta(days=41)
    settings.JOB_FILES_KEPT = timedelta(days=42)
    settings.CONTACT_FILES_KEPT = timedelta(hours=43)
    settings.IMPORT_KEEP = timedelta(days=1)
    settings.SESSION_COOKIE_AGE = 45 * 24 * 3600
    settings.EMAIL_CODE_LIFETIME = timedelta(minutes=46)

    text = notice(client, language="en")

    for words in (
        "erased 41 days after",
        "Erased after 42 days",
        "contacts after 43 hours",
        "brought in is erased after 1 day;",
        "at the latest after 45 days",
        "good for 46 minutes",
    ):
        assert words in text


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_notice_fits_a_phone_on_a_slow_line(client, language):
    for _number in range(5):
        contest_of()
    styles = client.get("/static/css/sumani.css", headers={"Accept-Encoding": "gzip"})
    answer = client.get(
        "/privacy/", headers={"Accept-Encoding": "gzip", "Accept-Language": language}
    )

    assert answer["Content-Encoding"] == "gzip"
    sheet = len(gzip.compress(b"".join(styles), 6))
    assert len(answer.content) + sheet <= FIRST_VIEW


@pytest.mark.parametrize("count", [1, 3])
def test_the_notice_asks_as_much_for_many_contests(
    count, client, django_assert_num_queries
):
    for _number in range(count):
        contest_of()

    # The organisers, and whom to ask at the foot.
    with django_assert_num_queries(2):
        notice(client)
