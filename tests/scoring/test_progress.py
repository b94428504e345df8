import pytest

from contest import rulebook
from scoring import sending
from scoring.models import ScoreEvent
from scoring.progress import missing_on
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db

CODES = ("innovation", "success", "social_responsibility", "originality")
ALL = dict.fromkeys(CODES, 7)


@pytest.fixture
def contest():
    return ContestFactory()


@pytest.fixture
def juror(contest):
    """A juror with one entry in each state."""
    juror = JurorFactory(contest=contest)
    for sheet in ({}, {"values": {"innovation": 1}}, {"values": ALL}):
        assignment = given(juror)
        if sheet:
            SheetFactory(assignment=assignment, **sheet)
    SheetFactory(assignment=given(juror), values=ALL, sent=True)
    given(juror, in_conflict=True)
    return juror


def given(juror, **facts):
    entry = SubmissionFactory(contest=juror.contest)
    return AssignmentFactory(submission=entry, juror=juror, **facts)


COUNTS = {
    "assigned": 4,
    "not_opened": 1,
    "begun": 1,
    "complete": 1,
    "sent": 1,
    "conflicts": 1,
}


def counts(row):
    return {name: row[name] for name in COUNTS}


@pytest.mark.usefixtures("juror")
def test_progress_counts_each_juror_and_names_complete_unsent_sheets(contest):
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    answer = coordinator.get(f"contests/{contest.slug}/progress/").json()

    assert counts(answer["total"]) == COUNTS
    assert [counts(row) for row in answer["jurors"]] == [COUNTS]
    assert [row["reference"] for row in answer["unsent"]] == ["2026-003"]


def test_a_juror_sees_the_own_progress_only(contest, juror):
    other = SheetFactory(
        assignment__submission__contest=contest, values=ALL
    ).assignment.juror

    answer = Person(juror.person).get(f"contests/{contest.slug}/progress/mine/")
    refused = Person(juror.person).get(f"contests/{contest.slug}/progress/")

    assert [row["key"] for row in answer.json()["jurors"]] == [juror.key]
    assert counts(answer.json()["total"]) == COUNTS
    assert other.key not in answer.content.decode()
    assert refused.status_code == 404


@pytest.mark.usefixtures("juror")
def test_progress_by_entry_counts_sheets_that_count(contest):
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    page = coordinator.get(f"contests/{contest.slug}/progress/entries/").json()

    told = [(r["reference"][-1], r["assigned"], r["sent"]) for r in page["results"]]
    assert told == [("1", 1, 0), ("2", 1, 0), ("3", 1, 0), ("4", 1, 1), ("5", 0, 0)]


@pytest.mark.usefixtures("juror")
def test_the_closing_check_tells_what_would_be_left_out(contest):
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    answer = coordinator.get(f"contests/{contest.slug}/closing-check/").json()

    assert [row["reference"] for row in answer["unsent"]] == ["2026-003"]
    assert [each[-1] for each in answer["below_minimum"]] == ["1", "2", "3", "5"]
    assert answer["unconfirmed_conflicts"] == 1


def test_a_sheet_is_complete_only_with_the_comments_that_are_required():
    document = rulebook.template("lkbs")
    document["criteria"][0]["comment"] = "required"
    sheet = SheetFactory(assignment__submission__contest__document=document, values=ALL)
    contest = sheet.assignment.submission.contest
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    def total():
        where = f"contests/{contest.slug}/progress/"
        return coordinator.get(where).json()["total"]

    before = total()
    sheet.scores.filter(criterion__code="innovation").update(comment="Nauja")

    assert (before["begun"], before["complete"]) == (1, 0)
    assert (total()["begun"], total()["complete"]) == (0, 1)


def test_a_comment_is_asked_only_where_a_value_is_given():
    document = rulebook.template("lkbs")
    document["criteria"][0] |= {"comment": "required", "required": False}
    others = dict.fromkeys(CODES[1:], 5)
    sheet = SheetFactory(
        assignment__submission__contest__document=document, values=others
    )
    contest = sheet.assignment.submission.contest
    (first,) = contest.criteria.filter(code=CODES[0])
    coordinator = Person(CoordinatorFactory(contest=contest).person)

    def seen():
        total = coordinator.get(f"contests/{contest.slug}/progress/").json()["total"]
        stored = {s.criterion.code: s for s in sheet.scores.all()}
        applying = rulebook.read_version(contest.rules_in_force).criteria
        return total["complete"], [e.field for e in missing_on(applying, stored)]

    without_value = seen()
    score = sheet.scores.create(criterion=first, steps=4)
    without_comment = seen()
    sheet.scores.filter(pk=score.pk).update(comment="Nauja")

    assert without_value == (1, [])
    assert without_comment == (0, [f"{CODES[0]}.comment"])
    assert seen() == (1, [])


# --- Sending all ---------------------------------------------------------------------


def test_all_complete_sheets_are_sent_and_the_rest_is_told(contest, juror):
    where = f"contests/{contest.slug}/sheets/send/"

    answer = Person(juror.person).post(where)

    assert answer.status_code == 200, answer.json()
    sent = [row["reference"] for row in answer.json()["sent"]]
    unfinished = {r["reference"]: r["missing"] for r in answer.json()["unfinished"]}
    assert sent == ["2026-003"]
    assert unfinished == {"2026-001": list(CODES), "2026-002": list(CODES[1:])}
    assert ScoreEvent.objects.filter(kind="sent").count() == 1


def test_sending_all_again_sends_nothing(contest, juror):
    sending.send_sheets(contest=contest, by=juror.person)

    again = sending.send_sheets(contest=contest, by=juror.person)

    assert (again.sent, len(again.unfinished)) == ([], 2)


def test_sending_all_leaves_others_sheets_and_the_own_organisations_alone(contest):
    juror = JurorFactory(contest=contest)
    own = SheetFactory(assignment=given(juror), values=ALL)
    RepresentativeFactory(
        organisation=own.assignment.submission.organisation, person=juror.person
    )
    SheetFactory(assignment__submission__contest=contest, values=ALL)

    handed = sending.send_sheets(contest=contest, by=juror.person)

    assert (handed.sent, handed.unfinished) == ([], [])


def test_sending_all_leaves_what_the_own_organisation_prepared_alone(contest):
    juror = JurorFactory(contest=contest)
    group = RepresentativeFactory(person=juror.person).organisation
    entry = SubmissionFactory(
        contest=contest, prepared_by=group, entered_by="action_group"
    )
    SheetFactory(assignment__submission=entry, assignment__juror=juror, values=ALL)

    handed = sending.send_sheets(contest=contest, by=juror.person)

    assert (handed.sent, handed.unfinished) == ([], [])


@pytest.mark.parametrize("many", [1, 6])
def test_sending_all_asks_a_constant_number_of_queries(
    many, contest, django_assert_num_queries
):
    juror = JurorFactory(contest=contest)
    for _ in range(many):
        SheetFactory(assignment=given(juror), values=ALL)

    with django_assert_num_queries(14):
        sending.send_sheets(contest=contest, by=juror.person)
