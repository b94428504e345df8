"""A prepared query answers as its queryset does, and holds nothing that changes."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.forms.models import model_to_dict

from contest.models import Act, Contest
from contest.rulebook import template
from core import clock
from core.prepared import Prepared, Unsteady
from submissions.models import Assignment
from tests.core.races import at_once
from tests.factories import (
    ActFactory,
    AssignmentFactory,
    ContestFactory,
    SheetFactory,
)

pytestmark = pytest.mark.django_db


def of_entry(entry, note):
    """Everything at once: related rows that may be missing, less columns, a text."""
    return (
        Assignment.objects.filter(submission=entry)
        .select_related("sheet", "submission__contest")
        .defer("submission__contest__title", "created_at")
        .annotate(noted=Concat(F("submission__reference"), Value(note)))
        .order_by("juror__number")
    )


def acts_before(contest, at):
    return Act.objects.filter(contest=contest, at__lt=at)


OF_ENTRY = Prepared(of_entry, entry=UUID, note=str)
ACTS_BEFORE = Prepared(acts_before, contest=UUID, at=datetime)


@pytest.fixture
def entry():
    """An entry with a sheet that was sent, and one that was not begun."""
    entry = SheetFactory(sent=True).assignment.submission
    AssignmentFactory(submission=entry)
    return entry


def told(assignment):
    sheet, contest = getattr(assignment, "sheet", None), assignment.submission.contest
    return (
        assignment.noted,
        assignment.get_deferred_fields(),
        contest.get_deferred_fields(),
        model_to_dict(assignment, exclude=["created_at"]),
        model_to_dict(assignment.submission),
        model_to_dict(contest, exclude=["title"]),
        sheet and model_to_dict(sheet),
    )


def test_rows_are_those_of_the_queryset(entry, django_assert_num_queries):
    with django_assert_num_queries(1):
        sent, not_begun = OF_ENTRY.all(entry=entry.pk, note="č")
        rows = [told(sent), told(not_begun)]

    assert rows == [told(row) for row in of_entry(entry.pk, "č")]
    assert (sent.sheet.state, rows[1][-1]) == ("sent", None)


def test_parameters_are_those_of_each_call(entry):
    other = AssignmentFactory()

    assert OF_ENTRY.one(entry=other.submission_id, note="a").pk == other.pk
    assert len(OF_ENTRY.all(entry=entry.pk, note="b")) == 2
    assert OF_ENTRY.one(entry=uuid4(), note="c") is None


def test_times_are_compared_as_times():
    act = ActFactory()
    earlier, later = act.at, act.at + timedelta(microseconds=1)

    found = [ACTS_BEFORE.all(contest=act.contest.pk, at=at) for at in (earlier, later)]

    assert [len(acts) for acts in found] == [len(found[1]) - 1, len(found[1])]
    assert found[1][-1].at == act.at


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_text_and_read_by_their_own_connection(entry):
    def ask():
        return [row.pk for row in OF_ENTRY.all(entry=entry.pk, note="d")]

    assert at_once([ask] * 3) == [[row.pk for row in of_entry(entry.pk, "d")]] * 3


def test_values_are_plain_rows():
    act = ActFactory()
    kinds = Prepared(
        lambda contest: Act.objects.filter(contest=contest).values_list("kind"),
        contest=UUID,
    )

    assert (act.kind,) in kinds.plain(contest=act.contest.pk)
    with pytest.raises(TypeError, match="plain"):
        kinds.all(contest=act.contest.pk)


# --- What cannot be prepared ---------------------------------------------------------


def test_a_time_that_is_built_in_is_found_out():
    frozen = Prepared(lambda contest: acts_before(contest, clock.now()), contest=UUID)

    with pytest.raises(Unsteady, match="became"):
        frozen.one(contest=uuid4())


def test_a_shape_that_changes_is_found_out():
    shapes = iter([Act.objects.all(), Act.objects.order_by("-at")])
    changing = Prepared(lambda contest: next(shapes).filter(pk=contest), contest=UUID)

    with pytest.raises(Unsteady, match="SELECT"):
        changing.one(contest=uuid4())


def test_a_parameter_that_is_ignored_is_found_out():
    deaf = Prepared(lambda contest: Act.objects.all(), contest=UUID)  # noqa: ARG005 -- that is the point

    with pytest.raises(Unsteady, match="ignores"):
        deaf.one(contest=uuid4())


def contests_that_open(slug):
    rules = {"rulebook__document__visibility__deliberation": True}
    return Contest.objects.filter(slug=slug, **rules)


def test_a_json_value_that_is_always_the_same_stands_still():
    contest = ContestFactory(
        document={**template("lkbs"), "visibility": {"deliberation": True}}
    )
    found = Prepared(contests_that_open, slug=str)

    assert found.one(slug=contest.slug) == contest
    assert found.one(slug="another") is None
