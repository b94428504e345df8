"""More time for one organisation, and for nobody else."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotNow
from submissions import extending, services
from submissions.models import Extension, Submission
from tests.api import Person
from tests.factories import (
    ActFactory,
    ContestFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True},
}


@pytest.fixture
def late():
    """A draft of a contest whose collection is over."""
    return SubmissionFactory(contest__phase="eligibility", state="draft")


@pytest.fixture
def owner(late):
    return RepresentativeFactory(organisation=late.organisation).person


@pytest.fixture
def coordinator(late):
    return CoordinatorFactory(contest=late.contest).person


def extend(entry, by, days=2):
    until = clock.now() + timedelta(days=days)
    return extending.extend_entry(
        submission=entry, until=until, reason="Sutriko tinklas", by=by
    )


def submit(entry, by):
    return services.submit(submission=entry, expected_version=1, by=by, **SIGNED)


def test_a_late_draft_is_sent_with_an_extension_and_not_without(
    late, owner, coordinator
):
    with pytest.raises(NotNow):
        submit(late, owner)
    extend(late, coordinator)

    assert submit(late, owner).number == 1


@pytest.mark.parametrize(
    ("seconds", "is_in_time"), [(-1, True), (0, False), (1, False)]
)
def test_an_extension_ends_at_its_second(
    late, owner, coordinator, monkeypatch, seconds, is_in_time
):
    until = extend(late, coordinator).until
    monkeypatch.setattr(
        clock, "database_now", lambda: until + timedelta(seconds=seconds)
    )

    if is_in_time:
        assert submit(late, owner).number == 1
    else:
        with pytest.raises(NotNow):
            submit(late, owner)


def test_an_extension_opens_nothing_for_others(late, coordinator):
    extend(late, coordinator)
    other = SubmissionFactory(contest=late.contest, state="draft")
    person = RepresentativeFactory(organisation=other.organisation).person

    with pytest.raises(NotNow):
        submit(other, person)


def test_judging_ends_an_extension(late, owner, coordinator):
    extend(late, coordinator)
    ActFactory(contest=late.contest)

    with pytest.raises(NotNow):
        submit(late, owner)


def test_the_extension_told_last_stands(late, coordinator):
    extend(late, coordinator, days=9)
    last = extend(late, coordinator, days=1)

    late.refresh_from_db()
    assert late.extended_until == last.until
    assert Extension.objects.count() == 2


def test_an_organisation_without_a_draft_begins_one_with_an_extension():
    contest = ContestFactory(phase="eligibility")
    person = RepresentativeFactory()
    begin = {"contest": contest, "organisation": person.organisation}
    with pytest.raises(NotNow):
        services.create_submission(title="Be leidimo", by=person.person, **begin)
    extending.extend_organisation(
        until=clock.now() + timedelta(days=1),
        reason="Ligoninėje",
        by=CoordinatorFactory(contest=contest).person,
        **begin,
    )

    entry = services.create_submission(title="Su leidimu", by=person.person, **begin)

    assert entry.open_until == Extension.objects.get().until


def test_the_owner_is_shown_who_allowed_what_and_until_when(late, owner, coordinator):
    made = extend(late, coordinator)

    shown = Person(owner).get(f"submissions/{late.pk}/").json()

    assert [row["reason"] for row in shown["extensions"]] == ["Sutriko tinklas"]
    assert shown["deadline"][:19] == made.until.isoformat()[:19]


def test_an_extension_into_the_past_is_refused(late, coordinator):
    with pytest.raises(Invalid):
        extend(late, coordinator, days=-1)


# --- Withdrawn and restored --------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_an_owner_restores_what_it_was_before_the_deadline(state):
    entry = SubmissionFactory(contest__phase="open", state=state)
    person = RepresentativeFactory(organisation=entry.organisation).person
    services.withdraw(submission=entry, reason="Apsigalvojome", by=person)

    restored = services.restore(submission=entry, reason="Vis dėlto", by=person)

    assert (restored.state, restored.withdrawn_reason) == (state, "")


def test_after_the_deadline_only_a_coordinator_restores():
    entry = SubmissionFactory(contest__phase="deliberation")
    person = RepresentativeFactory(organisation=entry.organisation).person
    services.withdraw(submission=entry, reason="Apsigalvojome", by=person)

    with pytest.raises(NotNow):
        services.restore(submission=entry, reason="Vis dėlto", by=person)
    restored = services.restore(
        submission=entry,
        reason="Prašo",
        by=CoordinatorFactory(contest=entry.contest).person,
    )

    assert restored.state == "eligible"


def test_a_title_taken_in_between_keeps_the_entry_withdrawn():
    entry = SubmissionFactory(contest__phase="open", state="draft")
    person = RepresentativeFactory(organisation=entry.organisation).person
    services.withdraw(submission=entry, reason="Iš naujo", by=person)
    SubmissionFactory(
        contest=entry.contest,
        organisation=entry.organisation,
        state="draft",
        title=entry.title,
    )

    with pytest.raises(Conflict) as refusal:
        services.restore(submission=entry, reason="Vis dėlto", by=person)

    assert refusal.value.code == "entry_exists"
    assert Submission.objects.get(pk=entry.pk).state == "withdrawn"
