"""What is scored and does not count: exactly as chosen, kept, and listed."""

import json

import pytest

from audit.models import Event
from contest.models import Juror
from core.errors import Conflict, Invalid, NotYours
from scoring import excluding, services
from scoring.exclusions import excluded_pairs
from scoring.models import Score
from scoring.selectors import result_of
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SheetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CODES = ("innovation", "success", "social_responsibility", "originality")


def scored(**facts):
    return SheetFactory(sent=True, values=dict.fromkeys(CODES, 7), **facts)


@pytest.fixture
def sheet():
    return scored()


@pytest.fixture
def contest(sheet):
    return sheet.assignment.submission.contest


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def exclude(sheet, by, reason="Abejotina"):
    return excluding.exclude_sheet(assignment_id=sheet.pk, reason=reason, by=by)


def include(sheet, by):
    return excluding.include_sheet(assignment_id=sheet.pk, reason="Patikrinta", by=by)


def listed(contest):
    return [(p.reference, p.juror, p.kind, p.scores) for p in excluded_pairs(contest)]


def test_an_excluded_sheet_is_kept_and_does_not_count(sheet, contest, coordinator):
    exclude(sheet, coordinator)

    assert list(result_of(contest).scores) == []
    assert Score.objects.count() == 4
    assert listed(contest) == [("2026-001", "J01", "coordinator", 4)]
    kinds = list(sheet.events.values_list("kind", flat=True))
    assert kinds == ["saved"] * 4 + ["excluded"]


def test_an_included_sheet_counts_again_as_it_was(sheet, contest, coordinator):
    before = result_of(contest).digest
    exclude(sheet, coordinator)

    include(sheet, coordinator)

    assert result_of(contest).digest == before
    reasons = Event.objects.filter(action="scoring.exclude_scores").order_by("at")
    assert [event.reason for event in reasons] == ["Abejotina", "Patikrinta"]


def test_excluding_twice_is_excluding_once(sheet, coordinator):
    exclude(sheet, coordinator)
    exclude(sheet, coordinator, reason="Kita")

    sheet.refresh_from_db()
    assert sheet.excluded_reason == "Abejotina"
    assert sheet.events.filter(kind="excluded").count() == 1


def test_what_nobody_began_to_score_is_not_excluded(contest, coordinator):
    empty = AssignmentFactory(submission__contest=contest)

    with pytest.raises(Conflict) as refusal:
        excluding.exclude_sheet(assignment_id=empty.pk, reason="x", by=coordinator)

    assert refusal.value.code == "not_scored"


def test_a_coordinator_does_not_exclude_what_was_scored_of_the_own_entry(
    sheet, contest
):
    person = UserFactory()
    CoordinatorFactory(contest=contest, person=person)
    RepresentativeFactory(
        organisation=sheet.assignment.submission.organisation, person=person
    )

    with pytest.raises(NotYours):
        exclude(sheet, person)


@pytest.mark.parametrize("whose", ["submission", "juror"])
def test_all_of_an_entry_or_a_juror_is_excluded_and_included(
    whose, sheet, contest, coordinator
):
    assignment = sheet.assignment
    other = {
        "submission": {"assignment__submission": assignment.submission},
        "juror": {
            "assignment__juror": assignment.juror,
            "assignment__submission__contest": contest,
        },
    }[whose]
    scored(**other)
    scored(assignment__submission__contest=contest)  # of neither
    meant = {"submission_id": None, "juror_id": None}
    meant[f"{whose}_id"] = getattr(assignment, whose).pk

    def change(*, excluded):
        return excluding.exclude_many(
            contest=contest, **meant, excluded=excluded, reason="x", by=coordinator
        )

    assert (change(excluded=True), len(listed(contest))) == (2, 2)
    assert len(result_of(contest).scores) == 4
    assert (change(excluded=False), listed(contest)) == (2, [])


def test_an_excluded_entry_stays_excluded_when_it_is_scored_later(contest, coordinator):
    assignment = AssignmentFactory(submission__contest=contest)

    excluding.exclude_many(
        contest=contest,
        submission_id=assignment.submission.pk,
        juror_id=None,
        excluded=True,
        reason="x",
        by=coordinator,
    )

    assert assignment.sheet.excluded_at is not None


@pytest.mark.parametrize("named", [(), ("submission_id", "juror_id")])
def test_either_an_entry_or_a_juror_is_named(named, sheet, contest, coordinator):
    ids = dict.fromkeys(("submission_id", "juror_id")) | dict.fromkeys(named, sheet.pk)

    with pytest.raises(Invalid):
        excluding.exclude_many(
            contest=contest, **ids, excluded=True, reason="x", by=coordinator
        )


def test_of_several_reasons_the_first_is_told(sheet, contest, coordinator):
    exclude(sheet, coordinator)
    Juror.objects.update(removed_at=sheet.sent_at, scores_excluded=True)
    removed = listed(contest)
    sheet.assignment.conflict_at = sheet.sent_at
    sheet.assignment.conflict_reason = "Giminaitė"
    sheet.assignment.save()

    assert removed == [("2026-001", "J01", "coordinator", 4)]
    assert listed(contest) == [("2026-001", "J01", "conflict", 4)]


@pytest.mark.parametrize("excluded", [True, False])
def test_scores_of_a_removed_juror_count_as_it_was_chosen(excluded, sheet, contest):
    juror = sheet.assignment.juror
    juror.removed_at, juror.scores_excluded = sheet.sent_at, excluded
    juror.save()

    result = result_of(contest)

    (row,) = [*result.ranking.lists[0].rows, *result.ranking.lists[0].unscored]
    assert getattr(row, "jurors", 0) == (0 if excluded else 1)
    kept = [] if not excluded else [("2026-001", "J01", "juror_removed", 4)]
    assert listed(contest) == kept


def test_the_hashed_result_names_who_is_left_out(sheet, contest, coordinator):
    exclude(sheet, coordinator)

    document = json.loads("".join(result_of(contest).proof()))

    assert document["exclusions"] == [{"entry": "2026-001", "juror": "J01"}]
    assert document["scores"] == {}


def test_a_draft_of_a_removed_juror_excludes_nothing(contest):
    draft = SheetFactory(
        assignment__submission__contest=contest, values={"innovation": 1}
    )
    Juror.objects.filter(pk=draft.assignment.juror_id).update(
        removed_at=draft.assignment.created_at, scores_excluded=True
    )

    assert listed(contest) == []


def test_the_list_tells_pair_kind_reason_and_number(sheet, contest, coordinator):
    person = Person(coordinator)
    person.post(f"assignments/{sheet.pk}/exclude/", {"reason": "Abejotina"})

    (row,) = person.get(f"contests/{contest.slug}/exclusions/").json()["results"]

    assert row == {
        "assignment": str(sheet.pk),
        "reference": "2026-001",
        "juror_key": "J01",
        "kind": "coordinator",
        "kind_label": "excluded by the coordinator",
        "reason": "Abejotina",
        "scores": 4,
    }


def test_a_juror_is_not_told_that_the_own_sheet_is_excluded(
    sheet, contest, coordinator
):
    juror = Person(sheet.assignment.juror.person)
    where = [
        f"assignments/{sheet.pk}/sheet/",
        f"contests/{contest.slug}/progress/mine/",
    ]
    before = [juror.get(each).content for each in where]

    exclude(sheet, coordinator)

    assert [juror.get(each).content for each in where] == before


# --- Comments on the whole -----------------------------------------------------------


def remark(assignment, version=0, **comments):
    return services.save_comments(
        assignment_id=assignment.pk,
        expected_version=version,
        by=assignment.juror.person,
        **comments,
    )


def test_comments_are_saved_apart_and_leave_history_without_words():
    assignment = AssignmentFactory()

    remark(assignment, comment_commission="Tarp mūsų")
    sheet = remark(assignment, version=1, comment_entrant="Šaunu")

    assert (sheet.comment_commission, sheet.comment_entrant) == ("Tarp mūsų", "Šaunu")
    events = sheet.events.values_list("kind", "version", "criterion")
    assert list(events) == [("remarked", 1, None), ("remarked", 2, None)]


def test_comments_over_a_newer_version_are_told_both():
    assignment = AssignmentFactory()
    remark(assignment, comment_entrant="Pirma")
    juror = Person(assignment.juror.person)

    answer = juror.patch(
        f"assignments/{assignment.pk}/comments/",
        {"comment_entrant": "Antra", "version": 0},
    )

    assert answer.status_code == 412
    assert answer.json()["current"]["comment_entrant"] == "Pirma"


def test_comments_on_a_sent_sheet_are_refused(sheet):
    with pytest.raises(Conflict) as refusal:
        remark(sheet.assignment, comment_entrant="Vėlu")

    assert refusal.value.code == "sheet_sent"
