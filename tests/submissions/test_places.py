"""The limits of the rules against what is stored, one at a time and all at once."""

import pytest

from contest import rulebook
from core.errors import Conflict
from submissions import locks, services
from submissions.models import Submission
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    AwardFactory,
    ContestFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
)

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True},
}
NOTHING = {
    "entries_per_organisation": None,
    "entries_per_nomination": None,
    "nominations_per_entry": None,
    "quota": None,
    "bar_winners": None,
}


def contest_with(**limits):
    document = rulebook.template("lkbs") | {"limits": NOTHING | limits}
    return ContestFactory(phase="open", document=document)


def submit(entry, person):
    return services.submit(submission=entry, expected_version=1, by=person, **SIGNED)


def draft_of(contest, representative, **fields):
    return SubmissionFactory(
        contest=contest,
        organisation=representative.organisation,
        state="draft",
        **fields,
    )


@pytest.mark.django_db
def test_one_more_than_the_rules_allow_stays_a_draft():
    contest, chairwoman = (
        contest_with(entries_per_organisation=1),
        RepresentativeFactory(),
    )
    first, second = draft_of(contest, chairwoman), draft_of(contest, chairwoman)
    submit(first, chairwoman.person)

    with pytest.raises(Conflict) as refusal:
        submit(second, chairwoman.person)

    assert refusal.value.code == "entries_per_organisation"
    assert Submission.objects.get(pk=second.pk).state == "draft"


@pytest.mark.django_db
def test_a_full_limit_is_told_on_the_draft_before_it_is_sent():
    contest, chairwoman = (
        contest_with(entries_per_organisation=1),
        RepresentativeFactory(),
    )
    first, second = draft_of(contest, chairwoman), draft_of(contest, chairwoman)
    submit(first, chairwoman.person)

    shown = Person(chairwoman.person).get(f"submissions/{second.pk}/").json()

    assert "One organisation may enter 1 entry" in shown["warnings"][0]


@pytest.mark.django_db
def test_a_limit_looks_at_the_owner_whoever_prepares():
    contest, chairwoman = (
        contest_with(entries_per_organisation=1),
        RepresentativeFactory(),
    )
    submit(draft_of(contest, chairwoman), chairwoman.person)
    prepared = draft_of(
        contest,
        chairwoman,
        entered_by="nominator",
        prepared_by=OrganisationFactory(),
    )

    with pytest.raises(Conflict):
        submit(prepared, chairwoman.person)


@pytest.mark.django_db
def test_a_withdrawn_entry_gives_its_place_back_and_cannot_take_it_again():
    contest, chairwoman = (
        contest_with(entries_per_organisation=1),
        RepresentativeFactory(),
    )
    first, second = draft_of(contest, chairwoman), draft_of(contest, chairwoman)
    submit(first, chairwoman.person)
    services.withdraw(submission=first, reason="Kitas geresnis", by=chairwoman.person)
    submit(second, chairwoman.person)

    with pytest.raises(Conflict) as refusal:
        services.restore(submission=first, reason="Abu", by=chairwoman.person)

    assert refusal.value.code == "entries_per_organisation"


@pytest.mark.django_db
def test_the_place_of_a_county_is_counted_by_where_the_project_was():
    contest = contest_with(quota={"by": "county", "count": 1})
    ones = [RepresentativeFactory() for _ in range(3)]  # all of Kelmė, county Šiauliai
    submit(draft_of(contest, ones[0]), ones[0].person)
    submit(draft_of(contest, ones[1], municipality="LT-20"), ones[1].person)

    with pytest.raises(Conflict) as refusal:
        submit(draft_of(contest, ones[2], municipality="LT-43"), ones[2].person)

    assert refusal.value.code == "quota_county"
    assert "Šiaulių" in refusal.value.message


@pytest.mark.django_db
def test_a_past_winner_is_barred_in_this_series_only():
    bar = {"editions": 1, "places": 3, "by_place": {}}
    contest, chairwoman = contest_with(bar_winners=bar), RepresentativeFactory()
    AwardFactory(organisation=chairwoman.organisation)  # of another series
    submit(draft_of(contest, chairwoman), chairwoman.person)
    AwardFactory(series=contest.series, organisation=chairwoman.organisation)

    with pytest.raises(Conflict) as refusal:
        submit(draft_of(contest, chairwoman), chairwoman.person)

    assert refusal.value.code == "bar_winners"


@pytest.mark.django_db
def test_what_is_entered_is_sent_again_though_the_limit_is_full():
    contest, chairwoman = (
        contest_with(entries_per_organisation=1),
        RepresentativeFactory(),
    )
    entry = draft_of(contest, chairwoman)
    submit(entry, chairwoman.person)
    services.change_submission(
        submission=entry, expected_version=1, title="Kitas", by=chairwoman.person
    )

    receipt = services.submit(
        submission=entry, expected_version=2, by=chairwoman.person, **SIGNED
    )

    assert receipt.number == 2


# --- All at once -------------------------------------------------------------------


def rush(contest, count):
    """Everybody sends at the same moment; how many are in."""
    people = [RepresentativeFactory() for _ in range(count)]
    drafts = [draft_of(contest, person) for person in people]
    outcomes = at_once(
        [
            lambda d=d, p=p: submit(d, p.person)
            for d, p in zip(drafts, people, strict=True)
        ]
    )
    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    return kinds, Submission.objects.filter(state="submitted").count()


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_parallel_sendings_one_takes_the_last_place():
    contest = contest_with(quota={"by": "county", "count": 1})

    kinds, entered = rush(contest, 4)

    assert kinds == ["Conflict", "Conflict", "Conflict", "SubmissionVersion"]
    assert entered == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_a_sending_and_a_restoring_one_takes_the_last_place():
    contest = contest_with(entries_per_organisation=1)
    chairwoman = RepresentativeFactory()
    first, second = draft_of(contest, chairwoman), draft_of(contest, chairwoman)
    submit(first, chairwoman.person)
    services.withdraw(submission=first, reason="Ne", by=chairwoman.person)

    outcomes = at_once(
        [
            lambda: submit(second, chairwoman.person),
            lambda: services.restore(
                submission=first, reason="Taip", by=chairwoman.person
            ),
        ]
    )

    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [
        False,
        True,
    ]
    assert Submission.objects.filter(state="submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_contest_places_are_taken_twice(monkeypatch):
    """The control: what the lock is for. Everybody counts before anybody is in."""
    contest = contest_with(quota={"by": "county", "count": 1})
    monkeypatch.setattr(locks, "hold_contest", lambda _contest_id: None)

    _kinds, entered = rush(contest, 4)

    assert entered > 1
