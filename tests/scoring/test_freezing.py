"""What closing, publishing and taking back do to the result."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from rest_framework.test import APIClient

from config.demo.seeding import Size, seed_contest
from contest.course import record_act
from contest.models import Contest
from contest.phases import ActKind
from core.invariants import findings
from scoring.models import FrozenResult, Score
from scoring.selectors import result_of
from submissions.models import Award, Submission
from tests.factories import AwardFactory

pytestmark = pytest.mark.django_db
SIZE = Size(entries=6, jurors=3, criteria=4, share=1.0)


@pytest.fixture
def contest():
    """Judged, and judging closed, which froze its first result."""
    return seed_contest(slug="frozen", size=SIZE, seed=1).contest


def act(contest, *kinds):
    by = contest.coordinators.get().person
    for kind in kinds:
        record_act(contest=contest, kind=kind, reason="Taip nutarta.", by=by)


def broken():
    return {finding.name for finding in findings() if not finding.holds}


def test_closing_freezes_the_ranking_as_it_stands(contest):
    frozen = FrozenResult.objects.get(contest=contest)
    assert frozen.digest == result_of(contest).digest
    assert json.loads(frozen.text)["contest"] == contest.slug


def test_publishing_freezes_again_and_names_the_winners(contest):
    loser = Submission.objects.filter(contest=contest).last()
    Submission.objects.filter(pk=loser.pk).update(
        state="withdrawn", withdrawn_from=loser.state
    )

    act(contest, ActKind.PUBLISH)

    closed, published = FrozenResult.objects.filter(contest=contest).order_by("at")
    assert closed.digest != published.digest == result_of(contest).digest
    lists = json.loads(published.text)["ranking"]
    won = {
        (code, Submission.objects.get(reference=row["entry"]).organisation_id)
        for code, ranked in lists.items()
        if code != "overall"
        for row in ranked["rows"]
        if row["place"] is not None and int(row["place"]) <= places(contest, code)
    }
    awards = Award.objects.filter(contest=contest)
    assert {(a.nomination, a.organisation_id) for a in awards} == won != set()


def places(contest, code):
    nominations = contest.rules_in_force.document["nominations"]
    return next(n["places"] for n in nominations if n["code"] == code) or 0


def test_the_overall_list_awards_where_the_rules_say_so(client):
    contest = seed_contest(slug="overall", size=SIZE, seed=1).contest
    reruled(contest, contest.rulebook.document | {"nominations": [], "places": 2})

    act(contest, ActKind.PUBLISH)

    rows = result_of(contest).ranking.lists[0].rows
    awards = Award.objects.filter(contest=contest)
    assert {(a.nomination, a.place) for a in awards} == {("overall", 1), ("overall", 2)}
    shown = client.get(f"/contests/{contest.slug}/results/").content.decode()
    named = [
        Submission.objects.get(reference=row.entry).organisation.name in shown
        for row in rows
    ]
    assert named == [row.place <= 2 for row in rows]


def reruled(contest, document):
    """Give a judged contest other rules, which no service lets anybody do."""
    version = contest.rulebook
    version.pk, version.number, version.document = uuid4(), 2, document
    version.save(force_insert=True)
    Contest.objects.filter(pk=contest.pk).update(rulebook=version)
    contest.refresh_from_db()


def test_taking_back_takes_the_awards_and_keeps_what_was_frozen(contest):
    act(contest, ActKind.PUBLISH, ActKind.UNPUBLISH)

    assert not Award.objects.filter(contest=contest).exists()
    assert FrozenResult.objects.filter(contest=contest).count() == 2


def test_what_was_published_can_be_fetched_and_computed_again(contest, tmp_path):
    where = f"/api/v1/contests/{contest.slug}/result/"
    visitor = APIClient()
    before = visitor.get(where)
    act(contest, ActKind.PUBLISH)

    answer = visitor.get(where)

    assert before.status_code == 404
    assert answer.status_code == 200
    file = tmp_path / "result.json"
    file.write_bytes(answer.content)
    told = StringIO()
    call_command("verify_result", file, stdout=told)
    assert answer.json()["digest"] in told.getvalue()


@pytest.mark.usefixtures("contest")
def test_a_frozen_result_is_never_changed():
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FrozenResult.objects.update(digest="0" * 64)


def test_a_score_changed_behind_a_published_result_is_noticed(contest):
    act(contest, ActKind.PUBLISH)
    assert broken() == set()

    score = Score.objects.first()
    Score.objects.filter(pk=score.pk).update(steps=(score.steps + 1) % 9)

    assert "scoring.published_is_what_was_scored" in broken()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _contest, awards: awards.update(place=2),
        lambda _contest, awards: awards.all().delete(),
        lambda contest, _awards: AwardFactory(contest=contest, series=contest.series),
        lambda contest, awards: keep_through_unpublishing(contest, list(awards.all())),
    ],
    ids=["another place", "none", "one more", "unpublished"],
)
def test_awards_that_the_published_result_does_not_give_are_noticed(contest, spoil):
    act(contest, ActKind.PUBLISH)
    assert broken() == set()

    spoil(contest, contest.awards)

    assert broken() == {"scoring.awards_are_as_published"}


def keep_through_unpublishing(contest, awards):
    act(contest, ActKind.UNPUBLISH)
    Award.objects.bulk_create(awards)


def test_a_frozen_text_that_is_not_its_digest_is_noticed(contest):
    frozen = FrozenResult.objects.get()
    again = contest.acts.create(kind=ActKind.PUBLISH, at=frozen.at, by_id=contest.pk)

    FrozenResult.objects.create(
        act=again,
        contest=contest,
        rulebook=frozen.rulebook,
        text=frozen.text + " ",
        digest=frozen.digest,
    )

    assert "scoring.results_are_as_frozen" in broken()
