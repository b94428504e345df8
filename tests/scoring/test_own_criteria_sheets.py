"""Sheets with criteria of some nominations: each has those of its entry."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Invalid
from scoring import sending, services
from scoring.distributions import distributions_of
from scoring.judging import lacking_of, own_scores
from scoring.models import Score, Sheet
from scoring.progress import closing_check, complete_sheets, sheet_states
from scoring.selectors import result_of
from scoring.services import Mark
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.factories.submissions import send
from tests.policy.pages import browser_of
from tests.scoring import own_criteria
from tests.scoring.own_criteria import FOR_ALL, OF_FARM, OF_NATURE
from tests.scoring.shown import shown_of

ALL = dict.fromkeys((*FOR_ALL, *OF_FARM, *OF_NATURE), 8)
IN_FARM = dict.fromkeys((*FOR_ALL, *OF_FARM), 8)
IN_NATURE = dict.fromkeys((*FOR_ALL, *OF_NATURE), 6)


@pytest.fixture
def contest(db):  # noqa: ARG001 -- rows are made
    return ContestFactory(document=own_criteria.document())


@pytest.fixture
def juror(contest):
    return JurorFactory(contest=contest)


def given(juror, *nominations):
    entry = SubmissionFactory(contest=juror.contest, nominations=list(nominations))
    return AssignmentFactory(submission=entry, juror=juror)


def mark(assignment, *codes):
    return services.save_marks(
        assignment_id=assignment.pk,
        marks=[Mark(code, Decimal(7), None, 0) for code in codes],
        by=assignment.juror.person,
    )


def hand_in(assignment):
    by = assignment.juror.person
    return services.send_sheet(assignment_id=assignment.pk, by=by)


def test_a_sheet_shows_only_the_criteria_of_its_entry(juror):
    farm, both = given(juror, "farm"), given(juror, "farm", "nature")
    person = Person(juror.person)

    shown = {
        pair: [s["criterion"] for s in person.get(where).json()["scores"]]
        for pair in (farm, both)
        if (where := f"assignments/{pair.pk}/sheet/")
    }

    assert shown[farm] == list(IN_FARM)
    assert shown[both] == list(ALL)


def test_a_criterion_of_other_nominations_is_no_address_and_takes_no_score(juror):
    farm, person = given(juror, "farm"), Person(juror.person)
    sheet = f"assignments/{farm.pk}/sheet/"

    one = person.patch(f"{sheet}water/", {"value": 7, "version": 0})
    with pytest.raises(Invalid, match="yield"):
        mark(farm, "story", "water")

    assert one.status_code == 404
    assert not Score.objects.exists()


def test_a_sheet_is_sent_with_what_applies_to_its_entry(juror):
    farm = given(juror, "farm")
    mark(farm, "story", "yield")

    with pytest.raises(Invalid) as refused:
        hand_in(farm)
    mark(farm, "machines")

    assert [error.field for error in refused.value.errors] == ["machines"]
    assert hand_in(farm).state == Sheet.State.SENT


def test_progress_and_sending_all_ask_each_sheet_for_its_own(contest, juror):
    full, begun = given(juror, "nature"), given(juror, "farm", "nature")
    untouched = given(juror, "farm")
    SheetFactory(assignment=full, values=IN_NATURE)
    SheetFactory(assignment=begun, values=IN_NATURE)

    states = {s.assignment: (s.state, s.scored, s.asked) for s in sheet_states(contest)}
    lacking = lacking_of(contest, sheet_states(contest))
    missing = {each.sheet.assignment: each.missing for each in lacking}
    assert [sheet.assignment for sheet in complete_sheets(contest)] == [full.pk]
    assert len(closing_check(contest).unsent) == 1
    handed = sending.send_sheets(contest=contest, by=juror.person)

    assert states == {
        full.pk: ("complete", 3, 3),
        begun.pk: ("begun", 3, 5),
        untouched.pk: ("not_opened", 0, 3),
    }
    assert [c.code for c in missing[begun.pk]] == list(OF_FARM)
    assert [c.code for c in missing[untouched.pk]] == list(IN_FARM)
    assert [a.pk for a in handed.sent] == [full.pk]
    assert {u.assignment.pk: u.missing for u in handed.unfinished} == {
        begun.pk: list(OF_FARM),
        untouched.pk: list(IN_FARM),
    }


@pytest.mark.django_db
def test_required_comments_are_asked_where_the_criterion_applies():
    document = own_criteria.document()
    document["criteria"][-1]["comment"] = "required"  # energy, of nature
    contest = ContestFactory(document=document)
    juror = JurorFactory(contest=contest)
    farm, nature = given(juror, "farm"), given(juror, "nature")
    SheetFactory(assignment=farm, values=IN_FARM)
    SheetFactory(assignment=nature, values=IN_NATURE)

    complete = [sheet.assignment for sheet in complete_sheets(contest)]

    assert complete == [farm.pk]


def test_own_scores_are_those_of_other_entries_with_the_criterion(contest, juror):
    farm, other = given(juror, "farm"), given(juror, "farm", "nature")
    SheetFactory(assignment=other, values=ALL)

    shown = own_scores(farm, own_criteria.rules())

    page = browser_of(juror.person).get(page_of(contest, farm))
    lines = {line.criterion.code: line.own for line in page.context["lines"]}
    assert set(shown) == set(ALL)
    assert list(lines) == list(IN_FARM)
    assert all(len(own) == 1 for own in lines.values())


def page_of(contest, assignment):
    return reverse("scoring:sheet", args=[contest.slug, assignment.pk])


def test_the_page_of_a_sheet_tells_the_share_of_what_applies(contest, juror):
    farm = given(juror, "farm")

    page = browser_of(juror.person).get(page_of(contest, farm))

    lines = page.context["lines"]
    assert [line.criterion.code for line in lines] == list(IN_FARM)
    assert {line.share.rpartition(": ")[2] for line in lines} == {"33,3 %"}
    assert "water" not in page.content.decode()


def test_the_page_saves_and_sends_what_applies(contest, juror):
    farm = given(juror, "farm")
    fields = {f"{code}-value": "8" for code in ALL} | {"do": "send"}
    fields |= {f"{code}-version": "0" for code in ALL}

    answer = browser_of(juror.person).post(page_of(contest, farm), fields)

    stored = Score.objects.filter(sheet=farm.pk)
    assert answer.status_code == 302
    assert set(stored.values_list("criterion__code", flat=True)) == set(IN_FARM)
    assert farm.sheet.state == Sheet.State.SENT


@pytest.mark.parametrize("count", [1, 3])
def test_progress_takes_one_query_however_many_entries(count, contest, juror):
    for _ in range(count):
        given(juror, "farm", "nature")

    with CaptureQueriesContext(connection) as asked:
        sheet_states(contest)

    assert len(asked) == 1


# --- What counts of stored scores -------------------------------------------------


def test_scores_of_a_nomination_that_the_entry_left_are_kept_and_do_not_count(
    contest, juror
):
    pair = given(juror, "farm", "nature")
    SheetFactory(assignment=pair, sent=True, values=IN_FARM | IN_NATURE)
    before = result_of(contest)
    entry = pair.submission
    entry.nominations = ["nature"]
    send(entry, entry.state)

    result = result_of(contest)
    found = distributions_of(contest, own_criteria.rules())

    assert Score.objects.count() == len(ALL)
    assert {s.criterion for s in before.scores} == set(ALL)
    assert {s.criterion for s in result.scores} == set(IN_NATURE)
    [row] = result.ranking.lists[0].rows
    assert (row.total, set(row.means)) == (Decimal("60.00"), set(IN_NATURE))
    assert shown_of(contest, result.rules) == result.ranking
    assert {c: d.count for c, d in found.criteria.items()} == dict.fromkeys(ALL, 0) | (
        dict.fromkeys(IN_NATURE, 1)
    )


def test_a_coordinator_reads_the_ranking_and_who_cannot_be_ranked(contest, juror):
    SheetFactory(assignment=given(juror, "farm"), sent=True, values=IN_FARM)
    given(juror)
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    answer = coordinator.get(f"contests/{contest.slug}/ranking/").json()

    assert [(r["total"], r["missing"]) for r in answer["results"]] == [
        ("80.00", []),
        (None, ["story"]),
    ]


@pytest.mark.parametrize("name", ["gallery:contest", "contest:sheet-preview"])
def test_pages_tell_to_which_nominations_a_criterion_belongs(name, contest):
    browser = browser_of(CoordinatorFactory(contest=contest).person)

    page = browser.get(reverse(name, args=[contest.slug])).content.decode()

    assert page.count("Tik nominacijų: Ūkis<") == len(OF_FARM)
    assert page.count("Tik nominacijų: Gamta<") == len(OF_NATURE)
