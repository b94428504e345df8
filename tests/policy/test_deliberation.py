"""Once judging is closed jurors see each other's scores, where the rules say so.

Only of entries that they have in common, and not while one of them still has time.
"""

import pytest

from contest import rulebook
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    FrozenResultFactory,
    JurorExtensionFactory,
    JurorFactory,
    SheetFactory,
)

pytestmark = pytest.mark.django_db

VALUES = dict.fromkeys(
    ("innovation", "success", "social_responsibility", "originality"), 7
)


def contest_of(phase="deliberation", *, deliberation=True, names="coordinators"):
    visibility = {"juror_names": names, "deliberation": deliberation}
    document = rulebook.template("lkbs") | {"visibility": visibility}
    return ContestFactory(phase=phase, document=document)


def sheets_of_two(contest):
    """Two jurors' sent sheets of one entry."""
    first = AssignmentFactory(submission__contest=contest)
    second = AssignmentFactory(submission=first.submission)
    return [
        SheetFactory(assignment=a, sent=True, values=VALUES) for a in (first, second)
    ]


def juror_of(sheet):
    return Person(sheet.assignment.juror.person)


def told(person, sheet):
    """The status of the sheet, of its assignment and of the ranking."""
    slug = sheet.assignment.submission.contest.slug
    return [
        person.get(where).status_code
        for where in (
            f"assignments/{sheet.pk}/sheet/",
            f"assignments/{sheet.pk}/",
            f"contests/{slug}/ranking/",
        )
    ]


def test_jurors_compare_the_entries_they_have_in_common():
    mine, theirs = sheets_of_two(contest_of())
    me = juror_of(mine)

    shown = me.get(f"assignments/{theirs.pk}/sheet/").json()
    listed = me.get("assignments/").json()["results"]

    assert told(me, theirs) == [200, 200, 200]
    assert {row["value"] for row in shown["scores"]} == {"7"}
    assert {row["id"] for row in listed} == {str(mine.pk), str(theirs.pk)}


def test_without_the_rule_they_compare_nothing():
    """The control: what is opened above is opened by the rule."""
    mine, theirs = sheets_of_two(contest_of(deliberation=False))
    me = juror_of(mine)

    assert told(me, theirs) == [404, 404, 404]
    assert me.get("assignments/").json()["count"] == 1


@pytest.mark.parametrize("phase", ["judging", "published", "archived"])
def test_they_compare_in_no_other_phase(phase):
    mine, theirs = sheets_of_two(contest_of(phase))

    assert 200 not in told(juror_of(mine), theirs)


def test_of_an_entry_not_assigned_they_see_the_ranking_only():
    contest = contest_of()
    mine, _theirs = sheets_of_two(contest)
    other, _another = sheets_of_two(contest)

    assert told(juror_of(mine), other) == [404, 404, 200]


def test_who_stepped_back_compares_nothing():
    mine, theirs = sheets_of_two(contest_of())
    assignment = mine.assignment
    assignment.conflict_at, assignment.conflict_reason = (
        assignment.juror.invited_at,
        "A",
    )
    assignment.save()

    assert 200 not in told(juror_of(mine), theirs)


def test_the_pair_of_who_stepped_back_is_not_shown_to_the_others():
    mine, theirs = sheets_of_two(contest_of())
    assignment = theirs.assignment
    assignment.conflict_at, assignment.conflict_reason = (
        assignment.juror.invited_at,
        "A",
    )
    assignment.save()
    me = juror_of(mine)

    assert told(me, theirs)[:2] == [404, 404]
    assert me.get("assignments/").json()["count"] == 1


def test_while_one_juror_has_more_time_nobody_compares():
    mine, theirs = sheets_of_two(contest_of())
    me, late = juror_of(mine), juror_of(theirs)

    JurorExtensionFactory(juror=theirs.assignment.juror)

    assert 200 not in told(me, theirs)
    assert late.get(f"assignments/{mine.pk}/sheet/").status_code != 200
    assert me.get("assignments/").json()["count"] == 1


def test_a_removed_juror_compares_nothing():
    mine, theirs = sheets_of_two(contest_of())
    seat = mine.assignment.juror
    seat.removed_at = seat.invited_at
    seat.save()

    assert told(juror_of(mine), theirs) == [404, 404, 404]


# --- Who sat on the panel --------------------------------------------------------


def panel_told(phase, names):
    contest = contest_of(phase, names=names)
    for name, role in (("Žiedas Žalias", "member"), ("Ąžuolė Balta", "chair")):
        JurorFactory(contest=contest, person__name=name, role=role)
    JurorFactory(contest=contest, person__name="Rima Raštė", role="secretary")
    FrozenResultFactory(act=contest.acts.get(kind="close_judging"))
    reader = Person(CoordinatorFactory(contest=contest).person)
    reader = reader if phase == "deliberation" else Person()
    return reader.get(f"contests/{contest.slug}/result/").json()["panel"]


def test_a_published_result_names_who_scored_by_name():
    assert panel_told("published", "published") == [
        {"name": "Ąžuolė Balta", "role": "chair"},
        {"name": "Žiedas Žalias", "role": "member"},
    ]


@pytest.mark.parametrize(
    ("phase", "names"),
    [("published", "coordinators"), ("deliberation", "published")],
)
def test_nobody_is_named_without_the_rule_or_before(phase, names):
    assert panel_told(phase, names) is None
