from datetime import timedelta

import pytest

from accounts.models import User
from audit.models import Event
from contest import course, panel, rulebook, services
from contest.models import Contest, Coordinator, Juror
from contest.phases import ActKind
from core import clock
from core.errors import Conflict, Invalid, NotNow, NotYours, Stale
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SeriesFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

INVITED = {"email": "nauja@example.org", "name": "Nauja"}


def running(phase, **fields):
    """A contest in a phase and who runs it."""
    coordinator = CoordinatorFactory(contest=ContestFactory(phase=phase, **fields))
    return coordinator.contest, coordinator.person


def create(**fields):
    member = OrganiserMemberFactory()
    series = SeriesFactory(organiser=member.organiser)
    plain = {
        "slug": "sumani-2026",
        "title": {"lt": "Sumani"},
        "edition": "2026 m.",
        "languages": ["lt"],
        "fallback_language": "lt",
    }
    return services.create_contest(
        series=series,
        rulebook_document=rulebook.template("lkbs"),
        by=member.person,
        **plain | fields,
    )


def test_create_contest_makes_its_creator_coordinator_and_gives_it_rules():
    contest = create()

    assert contest.reference_prefix == "2026-M"
    assert Coordinator.objects.filter(contest=contest).count() == 1
    assert contest.rulebook.number == 1
    assert [c.code for c in contest.criteria.all()] == [
        *("innovation", "success", "social_responsibility", "originality")
    ]


def test_create_contest_for_the_series_of_others_is_refused():
    with pytest.raises(NotYours):
        services.create_contest(
            series=SeriesFactory(),
            rulebook_document=rulebook.template("lkbs"),
            by=UserFactory(),
            slug="a",
            edition="b",
        )


def test_create_contest_with_a_taken_slug_says_so():
    ContestFactory(slug="sumani-2026")

    with pytest.raises(Conflict, match="sumani-2026"):
        create()


def test_create_contest_with_a_taken_edition_blames_the_edition():
    contest = create()
    member = contest.series.organiser.members.get()

    with pytest.raises(Conflict, match="2026 m"):
        services.create_contest(
            series=contest.series,
            rulebook_document=rulebook.template("lkbs"),
            by=member.person,
            slug="another",
            title={"lt": "Kitas"},
            edition="2026 m.",
            languages=["lt"],
            fallback_language="lt",
        )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        pytest.param({"time_zone": "Europe/Kelmė"}, "time_zone", id="no-such-zone"),
        pytest.param({"fallback_language": "en"}, "fallback_language", id="language"),
        pytest.param(
            {"opens_at": clock.now(), "closes_at": clock.now() - timedelta(1)},
            "closes_at",
            id="closes-before-it-opens",
        ),
    ],
)
def test_create_contest_that_cannot_be_is_refused(fields, wrong):
    with pytest.raises(Invalid) as refusal:
        create(**fields)

    assert [error.field for error in refusal.value.errors] == [wrong]


# --- Changing ----------------------------------------------------------------------


def change(contest, by, version=1, **fields):
    return services.change_contest(
        contest=contest, expected_version=version, by=by, **fields
    )


def test_change_over_a_newer_version_is_refused():
    contest, coordinator = running("open")
    change(contest, coordinator, title={"lt": "Pirmas"})

    with pytest.raises(Stale):
        change(contest, coordinator, title={"lt": "Antras"})


def test_change_to_the_edition_of_another_is_refused_in_words():
    contest, coordinator = running("open")
    ContestFactory(series=contest.series, edition="2030")

    with pytest.raises(Conflict):
        change(contest, coordinator, edition="2030")


def test_change_to_a_fallback_language_that_it_does_not_speak_is_refused():
    contest, coordinator = running("open", languages=["lt"])

    with pytest.raises(Invalid):
        change(contest, coordinator, fallback_language="en")


def test_change_of_the_closing_time_while_open_needs_a_reason():
    contest, coordinator = running("open")

    with pytest.raises((Invalid, NotNow, Conflict)):
        change(contest, coordinator, closes_at=clock.now() + timedelta(minutes=1))


def test_dates_at_the_end_of_the_calendar_are_refused_in_words():
    contest, coordinator = running("announced")
    person = Person(coordinator)
    person.client.raise_request_exception = False

    person.patch(
        f"contests/{contest.slug}/",
        {
            "opens_at": "9999-12-31T23:30:00Z",
            "closes_at": "9999-12-31T23:45:00Z",
            "version": 1,
        },
    )

    assert person.get(f"contests/{contest.slug}/").status_code == 200


# --- People ------------------------------------------------------------------------


def test_a_juror_invited_twice_is_one_juror():
    contest, coordinator = running("open")

    for _ in range(2):
        panel.invite_juror(contest=contest, role="member", by=coordinator, **INVITED)

    assert Juror.objects.filter(contest=contest).count() == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_invitations_are_numbered_without_gaps_or_doubles():
    contest, coordinator = running("open")

    at_once(
        [
            lambda n=n: panel.invite_juror(
                contest=contest,
                email=f"juror{n}@example.org",
                name="",
                role="member",
                by=coordinator,
            )
            for n in range(4)
        ]
    )

    assert [j.number for j in contest.jurors.all()] == [1, 2, 3, 4]


def test_the_first_representative_is_invited_by_a_coordinator():
    contest, coordinator = running("open")
    organisation = OrganisationFactory()

    invitation = services.invite_first_representative(
        contest=contest, organisation=organisation, role="", by=coordinator, **INVITED
    )

    assert invitation.person == User.objects.get(email=INVITED["email"])
    assert invitation.code


def test_an_organisation_with_a_voice_is_given_no_other_by_a_coordinator():
    contest, coordinator = running("open")
    organisation = RepresentativeFactory().organisation

    with pytest.raises(Conflict):
        services.invite_first_representative(
            contest=contest,
            organisation=organisation,
            role="",
            by=coordinator,
            **INVITED,
        )


# --- The course --------------------------------------------------------------------


def act(contest, by, kind, reason=""):
    return course.record_act(contest=contest, kind=ActKind(kind), reason=reason, by=by)


@pytest.mark.parametrize(
    ("phase", "kind"),
    [("deliberation", "reopen_judging"), ("published", "unpublish")],
)
def test_a_step_back_needs_a_reason(phase, kind):
    contest, coordinator = running(phase)

    with pytest.raises(Invalid):
        act(contest, coordinator, kind)

    assert act(contest, coordinator, kind, reason="Klaida").reason == "Klaida"


def test_a_contest_without_dates_is_not_announced():
    contest, coordinator = running("set-up", opens_at=None, closes_at=None)

    with pytest.raises(Conflict):
        act(contest, coordinator, "announce")


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_parallel_closings_one_is_recorded():
    contest, coordinator = running("judging")

    outcomes = at_once([lambda: act(contest, coordinator, "close_judging")] * 3)

    assert sorted(type(o).__name__ for o in outcomes) == ["Act", "NotNow", "NotNow"]


def move(contest, by, days, reason="Daug prašymų"):
    until = contest.opens_at + timedelta(days=days)
    return course.move_deadline(contest=contest, until=until, reason=reason, by=by)


def test_the_deadline_moves_as_far_as_the_rules_allow():
    contest, coordinator = running("open")

    moved = move(contest, coordinator, 60)

    assert Contest.objects.get().deadline == moved.until
    with pytest.raises(Invalid):
        move(contest, coordinator, 61)


def test_the_deadline_moves_to_no_time_in_the_past():
    contest, coordinator = running("open")

    with pytest.raises(Invalid):
        move(contest, coordinator, 9)


def test_every_act_is_in_the_record():
    contest, coordinator = running("judging")

    act(contest, coordinator, "close_judging", reason="Laikas")

    event = Event.objects.get(action="contest.close_judging")
    assert (event.contest_id, event.reason) == (contest.pk, "Laikas")
