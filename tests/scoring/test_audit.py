"""The record of a contest: who may read it, and how it is searched."""

from datetime import timedelta

import pytest

from audit.models import Event
from audit.services import record
from core import clock
from tests.api import Person
from tests.factories import (
    AuditorFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="judging")


@pytest.fixture
def reads(contest):
    person = Person(CoordinatorFactory(contest=contest).person)
    person.where = f"contests/{contest.slug}/audit/"
    return person


def note(contest, action="contest.change", by=None, **details):
    record(action, contest, by=by, contest_id=contest.pk, label="a label", **details)
    return Event.objects.latest("at")


def actions(person, query=""):
    page = person.get(f"{person.where}{query}").json()
    return [event["action"] for event in page["results"]]


def test_record_is_listed_newest_first_and_of_this_contest_only(reads, contest):
    note(contest, "contest.announce")
    note(contest, "contest.open_judging")
    note(ContestFactory(), "contest.archive")

    assert actions(reads) == ["contest.open_judging", "contest.announce"]


@pytest.mark.parametrize("by", ["action", "actor", "id", "label", "since", "until"])
def test_record_is_searched(reads, contest, by):
    first = note(contest, "contest.announce", by=reads.user)
    middle = first.at + timedelta(microseconds=1)
    record("contest.archive", reads.user, by=None, contest_id=contest.pk)
    later = Event.objects.get(action="contest.archive")
    assert later.at >= middle
    found = {
        "action": "?action=contest.announce",
        "actor": f"?actor={reads.user.pk}",
        "id": f"?subject={contest.pk}",
        "label": "?subject=a label",
        "since": f"?since={middle.isoformat().replace('+', '%2B')}",
        "until": f"?until={middle.isoformat().replace('+', '%2B')}",
    }[by]

    wanted = "contest.archive" if by == "since" else "contest.announce"
    assert actions(reads, found) == [wanted]


def test_who_has_an_own_interest_reads_no_record(contest, reads):
    entry = SubmissionFactory(contest=contest)
    RepresentativeFactory(organisation=entry.organisation, person=reads.user)

    assert reads.get(reads.where).status_code == 404


def test_coordinator_on_the_panel_reads_it_once_judging_is_closed():
    answers = []
    for phase in ("judging", "deliberation"):
        contest = ContestFactory(phase=phase)
        juror = JurorFactory(contest=contest)
        CoordinatorFactory(contest=contest, person=juror.person)
        where = f"contests/{contest.slug}/audit/"
        answers.append(Person(juror.person).get(where).status_code)

    assert answers == [403, 200]


def test_organiser_reads_no_record_and_the_auditor_does(contest, reads):
    member = OrganiserMemberFactory(organiser=contest.series.organiser)
    auditor = AuditorFactory(contest=contest, until=clock.now() + timedelta(days=1))

    answers = [Person(p.person).get(reads.where).status_code for p in (member, auditor)]

    assert answers == [404, 200]


def test_record_names_nobody(reads, contest):
    juror = JurorFactory(contest=contest, person__name="Ona Onaitė")
    Person(reads.user).post(
        f"contests/{contest.slug}/jurors/{juror.pk}/remove/",
        {"reason": "Išvyko", "scores": "keep"},
    )

    text = reads.get(reads.where).content.decode()

    assert juror.key in text
    assert [word for word in ("Ona", juror.person.email) if word in text] == []
