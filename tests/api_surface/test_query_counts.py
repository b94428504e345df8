"""Every list is counted with one row and with three: the number may not grow.

If both counts fail, the list changed; if only that of three, it asks once per row.
"""

import pytest

from tests.api_surface.test_queries import LISTS
from tests.factories import (
    ActFactory,
    ApiTokenFactory,
    AssignmentFactory,
    AttachmentFactory,
    ContestFactory,
    CoordinatorFactory,
    ExportFactory,
    JurorFactory,
    OrganiserFactory,
    RepresentativeFactory,
    SeriesFactory,
    SheetFactory,
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


def attached(contest, count):
    entry = SubmissionFactory(contest=contest)
    AttachmentFactory.create_batch(count, submission=entry)


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
    "contests/{slug}/acts/": (
        lambda contest, count: ActFactory.create_batch(count - 1, contest=contest),
        2,
    ),
    "contests/{slug}/assignments/": (assigned, 8),
    "contests/{slug}/exports/": (
        lambda contest, count: ExportFactory.create_batch(count, contest=contest),
        6,
    ),
    "contests/{slug}/ranking/": (ranked, 5),
    "submissions/{entry}/versions/": (versions, 6),
    "submissions/{entry}/attachments/": (attached, 10),
    "submissions/": (entries, 6),
    "contests/": (lambda _contest, count: ContestFactory.create_batch(count - 1), 3),
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("where", OF_A_CONTEST)
def test_queries_of_a_contests_list_do_not_grow(
    where, count, contest, coordinator, django_assert_num_queries
):
    make, queries = OF_A_CONTEST[where]
    make(contest, count)
    entry = contest.submissions.first()
    address = where.format(slug=contest.slug, entry=getattr(entry, "pk", None))

    with django_assert_num_queries(queries):
        response = client_of(coordinator).get(f"/api/v1/{address}")

    assert response.status_code == 200


OF_A_PERSON = {
    "submissions/": (mine, 4),
    "assignments/": (judged, 6),
    "auth/tokens/": (lambda _c, n, p: ApiTokenFactory.create_batch(n, person=p), 2),
    "organisations/": (lambda _c, n, _p: RepresentativeFactory.create_batch(n), 2),
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
def test_queries_of_representatives_do_not_grow(count, django_assert_num_queries):
    first = RepresentativeFactory()
    RepresentativeFactory.create_batch(count - 1, organisation=first.organisation)
    where = f"/api/v1/organisations/{first.organisation.pk}/representatives/"

    with django_assert_num_queries(3):
        response = client_of(first.person).get(where)

    assert len(response.json()) == count


@pytest.mark.parametrize("count", [2, 4])
def test_queries_of_a_ranking_full_of_ties_do_not_grow(
    count, contest, coordinator, django_assert_num_queries
):
    for assignment in assigned(contest, count):
        SheetFactory(assignment=assignment, sent=True, values=dict.fromkeys(VALUES, 7))

    with django_assert_num_queries(6):  # one more: the sheets of those who tie
        client_of(coordinator).get(f"/api/v1/contests/{contest.slug}/ranking/")


def test_every_list_is_counted():
    counted = {*OF_A_CONTEST, *OF_A_PERSON, "contests/{slug}/rulebook/"}

    assert set(LISTS) == counted
