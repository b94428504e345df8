"""Many send at once, as in the last minute before a deadline."""

import pytest

from submissions import services
from submissions.models import Submission, SubmissionVersion
from tests.core.races import at_once
from tests.factories import ContestFactory, RepresentativeFactory, SubmissionFactory

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True, "publication": False},
}


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_sendings_are_numbered_without_gaps_or_doubles():
    contest = ContestFactory(phase="open")
    drafts = [SubmissionFactory(contest=contest, state="draft") for _ in range(6)]
    people = [RepresentativeFactory(organisation=d.organisation).person for d in drafts]

    receipts = at_once(
        [
            lambda d=d, p=p: services.submit(
                submission=d, expected_version=1, by=p, **SIGNED
            )
            for d, p in zip(drafts, people, strict=True)
        ]
    )

    assert [type(receipt) for receipt in receipts] == [SubmissionVersion] * 6
    references = Submission.objects.order_by("reference").values_list(
        "reference", flat=True
    )
    assert list(references) == [f"2026-00{number}" for number in range(1, 7)]


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_sendings_of_one_entry_give_one_receipt():
    entry = SubmissionFactory(contest__phase="open", state="draft")
    person = RepresentativeFactory(organisation=entry.organisation).person

    receipts = at_once(
        [
            lambda: services.submit(
                submission=entry, expected_version=1, by=person, **SIGNED
            )
        ]
        * 4
    )

    assert len({receipt.pk for receipt in receipts}) == 1


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_parallel_changes_from_one_version_one_is_saved():
    entry = SubmissionFactory(contest__phase="open", state="draft")
    person = RepresentativeFactory(organisation=entry.organisation).person

    outcomes = at_once(
        [
            lambda n=n: services.change_submission(
                submission=entry, expected_version=1, title=f"Nr. {n}", by=person
            )
            for n in range(4)
        ]
    )

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["Stale", "Stale", "Stale", "Submission"]
    assert Submission.objects.get().version == 2
