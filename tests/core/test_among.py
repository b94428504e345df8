import pytest

from core.prepared import Prepared
from submissions.models import Submission
from tests.factories import ContestFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


def test_a_column_is_found_among_texts_that_are_one_parameter():
    first = SubmissionFactory()
    second = SubmissionFactory(contest=first.contest)
    wanted = (first.reference, 'of „nobody"', "'", second.reference)

    found = Submission.objects.filter(reference__among=wanted).order_by("pk")

    assert set(found) == {first, second}
    assert not Submission.objects.filter(reference__among=()).exists()


def test_any_number_of_texts_is_one_statement(django_assert_num_queries):
    contest = ContestFactory()
    entries = [SubmissionFactory(contest=contest) for _ in range(3)]
    asked = Prepared(
        lambda texts: Submission.objects.filter(reference__among=texts), texts=tuple
    )

    with django_assert_num_queries(2):
        one = asked.all(texts=(entries[0].reference,))
        three = asked.all(texts=tuple([entry.reference for entry in entries]))

    assert ([entries[0]], set(entries)) == (one, set(three))
