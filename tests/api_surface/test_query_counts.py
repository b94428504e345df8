"""Every list is counted with one row and with three: the number may not grow.

If both counts fail, the list changed; if only that of three, it asks once per row.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.services import record
from organisations import history
from organisations.models import Change
from tests.api_surface.test_queries import LISTS
from tests.factories import (
    ActFactory,
    ApiTokenFactory,
    AssignmentFactory,
    AttachmentFactory,
    AuditorFactory,
    AwardFactory,
    ClaimFactory,
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    ExportFactory,
    ExtensionFactory,
    ImportProblemFactory,
    ImportRunFactory,
    JurorExtensionFactory,
    JurorFactory,
    MessageFactory,
    OrganiserFactory,
    ProposalFactory,
    RegisterExportFactory,
    RepresentativeFactory,
    RulebookVersionFactory,
    SeriesFactory,
    SheetFactory,
    SpecialAwardFactory,
    SubmissionFactory,
    SubmissionVersionFactory,
    UserFactory,
)
from tests.policy.world import client_of

pytestmark = pytest.mark.django_db

VALUES = ("innovation", "success", "social_responsibility", "originality")


@pytest.fixture
def contest():
    """A contest in judging with one coordinator and nothing in it."""
    return ContestFactory()


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def entries(contest, count):
    return [SubmissionFactory(contest=contest) for _ in range(count)]


def assigned(contest, count):
    return [AssignmentFactory(submission=entry) for entry in entries(contest, count)]


def ranked(contest, count):
    for number, assignment in enumerate(assigned(contest, count)):
        values = dict.fromkeys(VALUES, number + 1)
        SheetFactory(assignment=assignment, sent=True, values=values)


def excluded(contest, count):
    for assignment in assigned(contest, count):
        at = {"excluded_at": contest.created_at, "excluded_reason": "Abejotina"}
        SheetFactory(assignment=assignment, sent=True, **at)


def honoured(contest, count):
    ActFactory(contest=contest, kind="close_judging")
    SpecialAwardFactory.create_batch(count, contest=contest)


def in_conflict(contest, count):
    for entry in entries(contest, count):
        AssignmentFactory(submission=entry, in_conflict=True)


def extended(contest, count):
    juror = JurorFactory(contest=contest)
    for _ in range(count):
        JurorExtensionFactory(juror=juror)


def mine(contest, count, person):
    """Drafts of a person's organisation."""
    organisation = RepresentativeFactory(person=person).organisation
    for _ in range(count):
        SubmissionFactory(contest=contest, organisation=organisation, state="draft")


def judged(contest, count, person):
    """Assignments of a person who is on the panel."""
    juror = JurorFactory(contest=contest, person=person)
    for entry in entries(contest, count):
        AssignmentFactory(submission=entry, juror=juror)


def versions(contest, count):
    entry = SubmissionFactory(contest=contest)
    for _ in range(count - 1):
        SubmissionVersionFactory(submission=entry)


def rulebooks(contest, count):
    for number in range(2, count + 1):
        RulebookVersionFactory(contest=contest, number=number)


def happened(contest, count):
    for _ in range(count):
        record("contest.change", contest, by=None, contest_id=contest.pk)


def attached(contest, count):
    entry = SubmissionFactory(contest=contest)
    AttachmentFactory.create_batch(count, submission=entry)


def drafts(contest, count):
    for number in range(count):
        SubmissionFactory(contest=contest, state="draft", title=f"Nr. {number}")


# What makes `count` rows of a list, and the queries of the request.
OF_A_CONTEST = {
    "contests/{slug}/jurors/": (
        lambda contest, count: JurorFactory.create_batch(count, contest=contest),
        4,
    ),
    "contests/{slug}/coordinators/": (
        lambda contest, count: CoordinatorFactory.create_batch(
            count - 1, contest=contest
        ),
        4,
    ),
    "contests/{slug}/rulebooks/": (rulebooks, 4),
    "contests/{slug}/claims/": (
        lambda _contest, count: ClaimFactory.create_batch(count),
        4,
    ),
    "contests/{slug}/acts/": (
        lambda contest, count: ActFactory.create_batch(count - 1, contest=contest),
        4,
    ),
    "contests/{slug}/proposals/": (
        lambda contest, count: [
            ProposalFactory(contest=contest, subject_id=uuid4()) for _ in range(count)
        ],
        4,
    ),
    "contests/{slug}/auditors/": (
        lambda contest, count: AuditorFactory.create_batch(count, contest=contest),
        4,
    ),
    "contests/{slug}/logos/": (
        lambda contest, count: ContestLogoFactory.create_batch(count, contest=contest),
        4,
    ),
    "contests/{slug}/audit/": (happened, 4),
    "contests/{slug}/timetable/": (lambda *_: None, 2),
    "contests/{slug}/assignments/": (assigned, 6),
    "contests/{slug}/exports/": (
        lambda contest, count: ExportFactory.create_batch(count, contest=contest),
        5,
    ),
    "contests/{slug}/conflicts/": (in_conflict, 6),
    "contests/{slug}/jurors/{juror}/extensions/": (extended, 5),
    "contests/{slug}/progress/": (ranked, 8),
    "contests/{slug}/progress/entries/": (ranked, 4),
    "contests/{slug}/closing-check/": (ranked, 14),
    "contests/{slug}/exclusions/": (excluded, 4),
    "contests/{slug}/messages/": (
        lambda contest, count: MessageFactory.create_batch(
            count, contest_id=contest.pk
        ),
        4,
    ),
    "contests/{slug}/reminders/jurors/": (ranked, 8),
    "contests/{slug}/register-imports/": (
        lambda contest, count: ImportRunFactory.create_batch(
            count, contest_id=contest.pk
        ),
        4,
    ),
    "contests/{slug}/register-exports/": (
        lambda contest, count: RegisterExportFactory.create_batch(
            count, contest_id=contest.pk
        ),
        4,
    ),
    "contests/{slug}/ranking/": (ranked, 4),
    "contests/{slug}/ties/": (ranked, 2),
    "contests/{slug}/special-awards/": (honoured, 4),
    "contests/{slug}/extensions/": (
        lambda contest, count: ExtensionFactory.create_batch(count, contest=contest),
        4,
    ),
    "contests/{slug}/awards/": (
        lambda contest, count: AwardFactory.create_batch(
            count, contest=contest, series=contest.series
        ),
        4,
    ),
    "submissions/{entry}/versions/": (versions, 7),
    "submissions/{entry}/attachments/": (attached, 10),
    "submissions/": (entries, 5),
    "contests/": (lambda _contest, count: ContestFactory.create_batch(count - 1), 3),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("where", OF_A_CONTEST)
def test_queries_of_a_contests_list_do_not_grow(
    where, count, contest, coordinator, django_assert_num_queries
):
    make, queries = OF_A_CONTEST[where]
    make(contest, count)
    entry, juror = contest.submissions.first(), contest.jurors.first()
    address = where.format(
        slug=contest.slug,
        entry=getattr(entry, "pk", None),
        juror=getattr(juror, "pk", None),
    )

    with django_assert_num_queries(queries):
        response = client_of(coordinator).get(f"/api/v1/{address}")

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("where", "queries"), [("", 4), ("problems/", 5)])
def test_queries_of_an_imports_problems_do_not_grow(
    where, queries, count, contest, coordinator, django_assert_num_queries
):
    run = ImportRunFactory(contest_id=contest.pk)
    ImportProblemFactory.create_batch(count, run=run)
    address = f"/api/v1/contests/{contest.slug}/register-imports/{run.pk}/{where}"

    with django_assert_num_queries(queries):
        response = client_of(coordinator).get(address)

    assert response.status_code == 200


OF_A_PERSON = {
    "submissions/": (mine, 5),
    "assignments/": (judged, 5),
    "auth/tokens/": (lambda _c, n, p: ApiTokenFactory.create_batch(n, person=p), 2),
    "organisations/": (lambda _c, n, _p: RepresentativeFactory.create_batch(n), 2),
    "countries/": (lambda *_: None, 0),
    "claims/": (lambda _c, n, p: ClaimFactory.create_batch(n, person=p), 2),
    "organisers/": (lambda _c, n, _p: OrganiserFactory.create_batch(n - 1), 2),
    "series/": (lambda _c, n, _p: SeriesFactory.create_batch(n - 1), 2),
    "contests/": (lambda _c, n, _p: ContestFactory.create_batch(n - 1), 3),
    "rulebook-templates/": (lambda *_: None, 0),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("where", OF_A_PERSON)
def test_queries_of_a_persons_list_do_not_grow(
    where, count, contest, django_assert_num_queries
):
    make, queries = OF_A_PERSON[where]
    person = UserFactory()
    make(contest, count, person)

    with django_assert_num_queries(queries):
        response = client_of(person).get(f"/api/v1/{where}")

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_drafts_do_not_grow(count, django_assert_num_queries):
    contest = ContestFactory(phase="open")
    drafts(contest, count)
    person = CoordinatorFactory(contest=contest).person

    with django_assert_num_queries(4):
        response = client_of(person).get(f"/api/v1/contests/{contest.slug}/drafts/")

    assert len(response.json()["results"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_suggestions_do_not_grow(count, django_assert_num_queries):
    last = SubmissionFactory(place="Kaimas", links=["https://example.org/"] * count)
    contest = ContestFactory(series=last.contest.series, phase="open")
    entry = SubmissionFactory(
        contest=contest, organisation=last.organisation, state="draft"
    )
    person = RepresentativeFactory(organisation=entry.organisation).person

    with django_assert_num_queries(5):
        response = client_of(person).get(f"/api/v1/submissions/{entry.pk}/suggestions/")

    assert "place" in [row["field"] for row in response.json()["results"]]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_representatives_do_not_grow(count, django_assert_num_queries):
    first = RepresentativeFactory()
    RepresentativeFactory.create_batch(count - 1, organisation=first.organisation)
    where = f"/api/v1/organisations/{first.organisation.pk}/representatives/"

    with django_assert_num_queries(3):
        response = client_of(first.person).get(where)

    assert len(response.json()) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("where", "queries"), [("conflict-candidates", 4), ("progress/mine", 8)]
)
def test_queries_of_a_jurors_lists_do_not_grow(
    where, queries, count, contest, django_assert_num_queries
):
    person = UserFactory()
    judged(contest, count, person)

    with django_assert_num_queries(queries):
        response = client_of(person).get(f"/api/v1/contests/{contest.slug}/{where}/")

    assert response.status_code == 200


def claims(organisation, count):
    ClaimFactory.create_batch(count, organisation=organisation)


def changes(organisation, count):
    for number in range(count):
        history.keep(organisation, Change.Kind.CHANGED, before={"n": number}, by=None)


OF_AN_ORGANISATION = {
    "organisations/{organisation}/claims/": (claims, 4),
    "organisations/{organisation}/history/": (changes, 4),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("where", OF_AN_ORGANISATION)
def test_queries_of_an_organisations_list_do_not_grow(
    where, count, django_assert_num_queries
):
    make, queries = OF_AN_ORGANISATION[where]
    owner = RepresentativeFactory()
    make(owner.organisation, count)
    address = where.format(organisation=owner.organisation.pk)

    with django_assert_num_queries(queries):
        response = client_of(owner.person).get(f"/api/v1/{address}")

    assert response.json()["count"] == count


@pytest.mark.parametrize("count", [2, 4])
def test_queries_of_a_ranking_full_of_ties_do_not_grow(
    count, contest, coordinator, django_assert_num_queries
):
    for assignment in assigned(contest, count):
        SheetFactory(assignment=assignment, sent=True, values=dict.fromkeys(VALUES, 7))

    with django_assert_num_queries(5):
        client_of(coordinator).get(f"/api/v1/contests/{contest.slug}/ranking/")


@pytest.fixture
def begun():
    """A sheet with one value."""
    return SheetFactory(values={"innovation": 7})


def test_a_score_sheet_is_shown_in_three_queries(begun, django_assert_num_queries):
    juror = begun.assignment.juror.person

    with django_assert_num_queries(3):
        answer = client_of(juror).get(f"/api/v1/assignments/{begun.pk}/sheet/")

    assert [row["value"] for row in answer.json()["scores"]] == ["7", None, None, None]


def test_a_criterion_is_saved_in_four_statements_and_its_history(begun):
    juror = begun.assignment.juror.person
    where = f"/api/v1/assignments/{begun.pk}/sheet/innovation/"
    client_of(juror).patch(where, {"value": "8", "version": 1}, "json")  # reads rules

    with CaptureQueriesContext(connection) as asked:
        answer = client_of(juror).patch(where, {"value": "9", "version": 2}, "json")

    assert answer.json()["version"] == 3
    frames = ("SAVEPOINT", "RELEASE SAVEPOINT")  # of the test's own transaction
    asked = [q["sql"] for q in asked if not q["sql"].startswith(frames)]
    is_locked = connection.vendor == "postgresql"
    assert len(asked) == 3 + is_locked + 1


def test_every_list_is_counted():
    counted = {
        *(*OF_A_CONTEST, *OF_A_PERSON, *OF_AN_ORGANISATION),
        "contests/{slug}/rulebook/",
    }
    counted |= {
        "contests/{slug}/drafts/",
        "contests/{slug}/register-imports/{run}/problems/",
        "submissions/{entry}/suggestions/",
    }

    assert set(LISTS) == counted
