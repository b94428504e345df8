"""Next year's edition: what comes along, what differs, and what never comes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from contest import rulebook
from contest.models import Contest, Juror
from submissions.models import Submission
from tests.api import Person
from tests.factories import (
    AuditorFactory,
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserMemberFactory,
    SheetFactory,
    SpecialAwardFactory,
)

pytestmark = pytest.mark.django_db

VILNIUS = ZoneInfo("Europe/Vilnius")
NEXT = {"slug": "sumani-2027", "edition": "2027"}


def at(*parts):
    return datetime(*parts, tzinfo=VILNIUS)


@pytest.fixture
def last():
    """An edition that ended, with everything that can hang on one."""
    contest = ContestFactory(
        phase="published",
        document=rulebook.template("lkbs")
        | {"tie_breaks": ["lot"], "lot_seed": "2026"}
        | {"special_awards": [{"code": "commended", "title": {"lt": "Pagirtas"}}]},
        opens_at=at(2026, 3, 2, 9),
        closes_at=at(2026, 4, 1, 17),
        results_at=at(2026, 10, 30, 12),
        description={"lt": "Geroji patirtis"},
        funder_line={"lt": "Finansuoja ŽŪM"},
    )
    ContestLogoFactory(contest=contest)
    CoordinatorFactory.create_batch(2, contest=contest)
    AuditorFactory(contest=contest)
    JurorFactory(contest=contest, role="chair")
    JurorFactory(contest=contest, removed_at=contest.created_at)
    sheet = SheetFactory(assignment__submission__contest=contest, sent=True)
    SpecialAwardFactory(contest=contest, submission=sheet.assignment.submission)
    return contest


@pytest.fixture
def member(last):
    return Person(OrganiserMemberFactory(organiser=last.series.organiser).person)


def clone(member, last, **wishes):
    return member.post(f"contests/{last.slug}/clone/", NEXT | wishes)


def test_next_edition_is_last_years_without_what_happened_in_it(member, last):
    answer = clone(member, last)

    assert answer.status_code == 201, answer.json()
    made = Contest.objects.get(slug="sumani-2027")
    assert made.state_at(made.created_at).phase == "set-up"
    assert (made.title, made.description) == (last.title, last.description)
    assert made.logos.get().picture == last.logos.get().picture
    assert made.coordinators.count() == 3  # with whoever made it
    assert (made.auditors.count(), made.acts.count()) == (0, 0)
    assert not Submission.objects.filter(contest=made).exists()
    described = made.rulebook.document["special_awards"]
    assert [award["code"] for award in described] == ["commended"]
    assert not made.special_awards.exists()


def test_jurors_come_along_as_seats_that_nobody_was_invited_to(member, last):
    clone(member, last)

    made = Contest.objects.get(slug="sumani-2027")
    assert [(j.key, j.role, j.invited_at) for j in made.jurors.all()] == [
        ("J01", "chair", None),
        ("J02", "member", None),
    ]
    assert not Juror.objects.acting().filter(contest=made).exists()


def test_lot_is_drawn_anew(member, last):
    clone(member, last)

    document = Contest.objects.get(slug="sumani-2027").rulebook.document
    assert document["lot_seed"] not in {"", "2026"}
    assert document | {"lot_seed": "2026"} == last.rulebook.document


def test_dates_keep_weekday_and_hour_across_summer_time(member, last):
    clone(member, last)

    made = Contest.objects.get(slug="sumani-2027")
    moved = [made.opens_at, made.closes_at, made.results_at]
    assert [date.astimezone(VILNIUS) for date in moved] == [
        at(2027, 3, 1, 9),
        at(2027, 3, 31, 17),
        at(2027, 10, 29, 12),
    ]


def test_given_dates_stand_instead(member, last):
    clone(member, last, dates={"results_at": None, "opens_at": "2027-03-05T07:00:00Z"})

    made = Contest.objects.get(slug="sumani-2027")
    assert (made.results_at, made.opens_at) == (
        None,
        datetime(2027, 3, 5, 7, tzinfo=UTC),
    )


def test_preview_lists_what_differs_and_makes_nothing(member, last):
    answer = member.post(
        f"contests/{last.slug}/clone/preview/",
        NEXT | {"title": {"lt": "Sumani 2027"}, "take": ["rulebook", "texts"]},
    )

    found = {d["path"]: (d["before"], d["after"]) for d in answer.json()["differences"]}
    assert answer.status_code == 200
    assert found["slug"] == (last.slug, "sumani-2027")
    assert found["title.lt"] == (last.title["lt"], "Sumani 2027")
    assert found["opens_at"] == (
        "2026-03-02T07:00:00+00:00",
        "2027-03-01T07:00:00+00:00",
    )
    assert (found["logos"], found["panel"]) == ((1, 0), (3, 0))
    assert found["coordinators"] == (2, 1)
    assert "description.lt" not in found
    assert Contest.objects.count() == 1


def test_another_rulebook_is_told_line_by_line(member, last):
    answer = member.post(
        f"contests/{last.slug}/clone/preview/",
        NEXT | {"take": ["texts"], "rulebook_template": "commission_100"},
    )

    found = {d["path"]: (d["before"], d["after"]) for d in answer.json()["differences"]}
    assert found["rulebook"] == (1, "commission_100")
    assert found["rulebook.criteria.innovation.weight"] == ("1", "20")
    assert found["rulebook.minimum_score"] == (None, "60")
    assert "rulebook.lot_seed" not in found


@pytest.mark.parametrize(
    ("take", "field"), [(["texts"], "rulebook_template"), (["rulebook"], "title")]
)
@pytest.mark.parametrize("where", ["clone/", "clone/preview/"])
def test_what_is_not_taken_must_be_given(member, last, take, field, where):
    answer = member.post(f"contests/{last.slug}/{where}", NEXT | {"take": take})

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("where", ["clone/", "clone/preview/"])
def test_dates_that_run_backwards_are_refused_before_anything_is_made(
    member, last, where
):
    answer = member.post(
        f"contests/{last.slug}/{where}",
        NEXT | {"dates": {"closes_at": "2027-01-01T00:00:00Z"}},
    )

    assert answer.status_code == 400
    assert Contest.objects.count() == 1


def test_taken_edition_is_refused_and_leaves_nothing(member, last):
    answer = clone(member, last, edition=last.edition)

    assert (answer.status_code, answer.json()["code"]) == (409, "taken")
    assert Contest.objects.count() == 1


def test_double_click_makes_one_edition(member, last):
    key = {"idempotency-key": "clone"}

    answers = [
        member.post(f"contests/{last.slug}/clone/", NEXT, headers=key) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Contest.objects.count() == 2


def test_coordinator_who_is_no_member_makes_no_edition(last):
    coordinator = Person(last.coordinators.first().person)

    assert clone(coordinator, last).status_code == 404
