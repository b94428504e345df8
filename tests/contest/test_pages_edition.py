"""The pages of an edition: texts, dates, logos, and how a next one is made."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contest.models import Contest
from contest.pages.making_forms import next_edition
from contest.services import change_contest
from core import clock
from tests.contest.filling import typed, where
from tests.factories import (
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserMemberFactory,
    SeriesFactory,
)
from tests.factories.pictures import picture
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="announced", edition="2026")


@pytest.fixture
def person(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def browser(person):
    return browser_of(person)


def test_texts_and_dates_are_changed_in_the_zone_of_the_contest(contest, browser):
    shown = browser.get(where("edition", contest))

    answer = browser.post(
        where("edition", contest),
        typed(shown, title_en="Smart", opens_at="2099-07-01T09:00", closes_at=""),
    )

    contest.refresh_from_db()
    assert answer["Location"] == where("edition", contest)
    assert contest.title["en"] == "Smart"
    assert contest.opens_at == datetime(
        2099, 7, 1, 9, tzinfo=ZoneInfo("Europe/Vilnius")
    )
    assert contest.closes_at is None


def test_saving_what_was_shown_changes_nothing(contest, browser):
    before = Contest.objects.filter(pk=contest.pk).values().get()

    browser.post(
        where("edition", contest), typed(browser.get(where("edition", contest)))
    )

    after = Contest.objects.filter(pk=contest.pk).values().get()
    assert after.pop("version") == before.pop("version") + 1
    for name in ("opens_at", "closes_at"):  # a form knows minutes
        before[name] = before[name].replace(second=0, microsecond=0)
    assert after == before


def test_who_was_slower_sees_both_texts(contest, person, browser):
    shown = browser.get(where("edition", contest))
    change_contest(
        contest=contest, expected_version=1, by=person, title={"lt": "Greitesnis"}
    )

    answer = browser.post(where("edition", contest), typed(shown, title_lt="Lėtesnis"))
    page = answer.content.decode()
    again = browser.post(where("edition", contest), typed(answer))

    assert answer.status_code == 412
    assert "Greitesnis" in page
    assert 'value="Lėtesnis"' in page
    assert again.status_code == 302
    contest.refresh_from_db()
    assert contest.title["lt"] == "Lėtesnis"


def test_the_dates_of_an_open_collection_are_not_asked():
    contest = ContestFactory(phase="open")
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    shown = browser.get(where("edition", contest))
    answer = browser.post(where("edition", contest), typed(shown, title_lt="Kitas"))

    assert "opens_at" not in shown.context["form"].fields
    assert answer.status_code == 302


def test_a_wrong_order_of_dates_is_told_beside_the_field(contest, browser):
    shown = browser.get(where("edition", contest))

    answer = browser.post(
        where("edition", contest), typed(shown, closes_at="2001-01-01T10:00")
    )

    assert answer.status_code == 400
    assert answer.context["form"].errors["closes_at"]


def test_after_collection_the_edition_is_shown_and_not_asked():
    contest = ContestFactory(phase="judging", description={"lt": "Apie viską"})
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    page = browser.get(where("edition", contest)).content.decode()

    assert "Apie viską" in page
    assert "<textarea" not in page


def test_reminders_are_set_in_judging():
    contest = ContestFactory(phase="judging")
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    shown = browser.get(where("reminders", contest))

    browser.post(
        where("reminders", contest), typed(shown, results_at="2099-01-01T10:00")
    )

    contest.refresh_from_db()
    assert contest.results_at.year == 2099


def test_an_organiser_changes_whom_entrants_call(contest):
    organiser = contest.series.organiser
    member = OrganiserMemberFactory(organiser=organiser).person
    browser = browser_of(member)
    shown = browser.get(where("organiser", contest))

    browser.post(where("organiser", contest), typed(shown, phone="+370 5 212 0000"))

    organiser.refresh_from_db()
    assert organiser.phone == "+370 5 212 0000"


def test_a_logo_is_added_described_and_taken_off(contest, browser):
    file = SimpleUploadedFile("logo.png", picture("PNG"))

    browser.post(where("logos", contest), {"file": file})
    logo = contest.logos.get()
    one = where("logo", contest, logo.pk)
    browser.post(one, typed(browser.get(one), alt_lt="ES vėliava"))
    logo.refresh_from_db()
    described = logo.alt
    browser.post(one, {"remove": "1"})

    assert described == {"lt": "ES vėliava"}
    assert not contest.logos.exists()


def test_a_file_that_is_no_picture_is_told(contest, browser):
    file = SimpleUploadedFile("logo.png", b"no picture")

    answer = browser.post(where("logos", contest), {"file": file})

    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("count", [1, 3])
def test_logos_cost_as_much_in_any_number(
    count, contest, browser, django_assert_num_queries
):
    ContestLogoFactory.create_batch(count, contest=contest)

    with django_assert_num_queries(6):
        browser.get(where("logos", contest))


@pytest.fixture
def organiser(contest):
    member = OrganiserMemberFactory(organiser=contest.series.organiser)
    return browser_of(member.person)


def test_the_next_edition_is_made_once_its_differences_were_seen(contest, organiser):
    JurorFactory(contest=contest)
    shown = organiser.get(where("clone", contest))
    sent = typed(shown, closes_at="2098-12-01T10:00")
    shown_again = organiser.post(where("clone", contest), sent)
    made = organiser.post(where("clone", contest), typed(shown_again))

    assert "2027" in shown.content.decode()
    assert shown_again.status_code == 200  # something else than what was seen
    new = Contest.objects.get(edition="2027")
    assert made["Location"] == reverse("scoring:dashboard", args=[new.slug])
    assert new.jurors.get().invited_at is None
    assert new.rules_in_force.document["criteria"]


@pytest.mark.parametrize("days_ago", [-20, 300, 400, 1200])
def test_the_next_edition_is_proposed_for_days_that_lie_ahead(
    days_ago, contest, organiser
):
    zone = ZoneInfo(contest.time_zone)
    now = clock.now()
    opens_at = (now - timedelta(days=days_ago)).astimezone(zone).replace(hour=9)
    opens_at = opens_at.replace(minute=0, second=0, microsecond=0)
    Contest.objects.filter(pk=contest.pk).update(
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=60),
        judging_opens_at=opens_at + timedelta(days=70),
        results_at=None,
    )

    sent = typed(organiser.get(where("clone", contest)))

    first, last = (
        datetime.fromisoformat(sent[name]).replace(tzinfo=zone)
        for name in ("opens_at", "judging_opens_at")
    )
    assert now < first < now + timedelta(days=366 + 21)
    assert (first.weekday(), first.hour) == (opens_at.weekday(), 9)
    assert (last.date() - first.date()).days == 70
    assert sent.get("results_at", "") == ""


@pytest.mark.parametrize(
    ("edition", "years", "following"),
    [
        ("2026", 1, "2027"),
        ("2024", 3, "2027"),
        ("7 (2024)", 2, "7 (2026)"),
        ("12", 3, "13"),
        ("III", 2, "III"),
    ],
)
def test_a_year_in_the_name_follows_the_years_and_a_number_counts_on(
    edition, years, following
):
    assert next_edition(edition, years) == following


def test_dates_of_the_next_edition_are_taken_as_they_were_left(contest, organiser):
    shown = organiser.get(where("clone", contest))
    sent = typed(shown, opens_at="2031-03-03T08:00", closes_at="")
    sent = typed(organiser.post(where("clone", contest), sent))

    organiser.post(where("clone", contest), sent)

    made = Contest.objects.get(edition="2027")
    there = made.opens_at.astimezone(ZoneInfo(made.time_zone))
    assert f"{there:%Y-%m-%d %H:%M}" == "2031-03-03 08:00"
    assert made.closes_at is None


def test_looking_at_the_differences_makes_nothing(contest, organiser):
    sent = typed(organiser.get(where("clone", contest)))

    organiser.get(where("clone", contest))
    organiser.post(where("clone", contest), {**sent, "look": "1"})

    assert Contest.objects.filter(series=contest.series).count() == 1


def test_an_edition_that_exists_is_told_with_what_was_typed(contest, organiser):
    sent = typed(organiser.get(where("clone", contest)), edition="2026", slug="kitas")
    sent = typed(organiser.post(where("clone", contest), sent))

    answer = organiser.post(where("clone", contest), sent)

    assert answer.status_code == 409
    assert re.search('value="2026"', answer.content.decode())


def test_a_member_begins_an_edition_from_a_template(contest, organiser):
    answer = organiser.post(
        reverse("contest:new"),
        {
            "series": str(contest.series_id),
            "title_lt": "Pirmas",
            "edition": "2030",
            "template": "commission_100",
        },
    )

    made = Contest.objects.get(edition="2030")
    assert made.slug == f"{contest.series.slug}-2030"
    assert answer["Location"] == reverse("scoring:dashboard", args=[made.slug])


def test_only_the_series_of_ones_own_organiser_are_offered(contest, organiser):
    foreign = SeriesFactory()

    page = organiser.get(reverse("contest:new")).content.decode()
    answer = organiser.post(
        reverse("contest:new"),
        {
            "series": str(foreign.pk),
            "title_lt": "X",
            "edition": "1",
            "template": "lkbs",
        },
    )

    assert str(contest.series_id) in page
    assert str(foreign.pk) not in page
    assert answer.status_code == 400


def test_who_organises_finds_the_way_on_the_desk(organiser, browser):
    address = reverse("contest:new")

    assert address in organiser.get("/desk/").content.decode()
    assert address not in browser.get("/desk/").content.decode()
