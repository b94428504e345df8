"""Who scores what, as pages: workload, previews, conflicts."""

import pytest
from django.urls import reverse

from submissions import conflicts
from submissions.models import Assignment
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SubmissionFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
QUERIES = 13


@pytest.fixture
def contest():
    return ContestFactory(phase="eligibility")


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def where(contest, name="assignments"):
    return reverse(f"submissions:{name}", args=[contest.slug])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_many(
    count, contest, browser, django_assert_num_queries
):
    for _ in range(count):
        juror = JurorFactory(contest=contest)
        for _ in range(count):
            entry = SubmissionFactory(contest=contest)
            AssignmentFactory(submission=entry, juror=juror)
            AssignmentFactory(submission=entry, in_conflict=True)

    with django_assert_num_queries(QUERIES):
        response = browser.get(where(contest), {"juror": juror.pk})

    assert len(response.context["found"]) == count
    assert len(response.context["page"]) == count * count


def test_a_distribution_is_previewed_and_then_applied(contest, browser):
    for _ in range(4):
        SubmissionFactory(contest=contest)
        JurorFactory(contest=contest)

    preview = browser.post(where(contest, "distribute"), {"per_entry": 2})
    plan = preview.context["preview"].plan
    before = Assignment.objects.count()
    browser.post(
        where(contest, "distribute"), {"per_entry": 2, "plan": plan, "apply": "yes"}
    )

    assert (before, Assignment.objects.count()) == (0, 8)
    assert {load.after for load in preview.context["preview"].load} == {2}


def test_a_plan_that_is_out_of_date_assigns_nothing(contest, browser):
    SubmissionFactory(contest=contest)
    JurorFactory(contest=contest)

    response = browser.post(
        where(contest, "distribute"), {"per_entry": 1, "plan": "0" * 64, "apply": "yes"}
    )

    assert response.status_code == 409
    assert not Assignment.objects.exists()


def test_a_list_is_read_line_by_line(contest, browser):
    entry, juror = SubmissionFactory(contest=contest), JurorFactory(contest=contest)
    line = f"{entry.reference} {juror.key.lower()}"

    wrong = browser.post(where(contest, "assign-by-list"), {"lines": f"{line} J77"})
    browser.post(where(contest, "assign-by-list"), {"lines": line, "apply": "yes"})

    assert wrong.status_code == 400
    assert "J77" in str(wrong.context["form"].errors["lines"])
    assert [a.juror for a in entry.assignments.all()] == [juror]


def test_a_conflict_is_confirmed_and_lifted_with_a_reason(contest, browser):
    pair = AssignmentFactory(submission__contest=contest, in_conflict=True)
    lift = reverse("submissions:lift-conflict", args=[pair.pk])

    browser.post(reverse("submissions:confirm-conflict", args=[pair.pk]))
    pair.refresh_from_db()
    confirmed = pair.conflict_confirmed_at
    without = browser.post(lift, {"reason": ""}).status_code
    browser.post(lift, {"reason": "Klaida"})

    pair.refresh_from_db()
    assert confirmed is not None
    assert without == 400
    assert pair.conflict_at is None


def test_an_entry_is_taken_back(contest, browser):
    pair = AssignmentFactory(submission__contest=contest)

    browser.post(reverse("submissions:unassign", args=[pair.pk]), {"reason": "Klaida"})

    assert not Assignment.objects.exists()


def test_a_told_conflict_is_written_down_and_taken_back(contest, browser):
    pair = AssignmentFactory(submission__contest=contest)
    form = {
        "juror": pair.juror_id,
        "reference": pair.submission.reference,
        "reason": "Skambino: sesers projektas",
    }

    browser.post(where(contest, "record-conflict"), form)
    pair.refresh_from_db()
    assert (pair.conflict_reason, pair.conflict_confirmed_at) == (form["reason"], None)
    undo = reverse("submissions:take-conflict-back", args=[pair.pk])
    assert undo in browser.get(where(contest)).content.decode()

    browser.post(undo, {"reason": "Ne ta paraiška"})
    pair.refresh_from_db()
    assert pair.conflict_at is None


def test_what_a_juror_declared_is_not_offered_to_be_taken_back(contest, browser):
    pair = AssignmentFactory(submission__contest=contest)
    conflicts.declare_conflict(
        assignment=pair, reason="Giminaitė", by=pair.juror.person
    )

    listed = browser.get(where(contest)).content.decode()

    assert reverse("submissions:take-conflict-back", args=[pair.pk]) not in listed
    assert reverse("submissions:lift-conflict", args=[pair.pk]) in listed


def test_a_reference_of_another_contest_names_nothing(contest, browser):
    pair = AssignmentFactory(submission__contest=contest)
    other = SubmissionFactory(contest__reference_prefix="KITAS")
    form = {"juror": pair.juror_id, "reference": other.reference, "reason": "x"}

    refused = browser.post(where(contest, "record-conflict"), form)

    assert refused.status_code == 400
    assert "KITAS-001" in refused.content.decode()
    assert not Assignment.objects.in_conflict().exists()
