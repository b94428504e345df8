"""A judged contest written past the services looks like one made by them."""

import pytest
from django.core.management import CommandError, call_command

from config.demo.seeding import Size, seed_contest
from contest.phases import Phase
from core import clock
from scoring.models import Score, ScoreEvent, Sheet
from scoring.selectors import result_of
from submissions.content import freeze
from submissions.models import Assignment, Submission
from tests.scoring.shown import shown_of

pytestmark = pytest.mark.django_db


def seed(slug="greitas", *, entries=4, jurors=3, criteria=2, share=1.0, number=1):
    size = Size(entries=entries, jurors=jurors, criteria=criteria, share=share)
    return seed_contest(slug=slug, size=size, seed=number)


def totals(contest):
    ranking = result_of(contest).ranking
    return [[str(row.total) for row in each.rows] for each in ranking.lists]


def test_everything_is_there_once():
    seeded = seed()

    assert (seeded.sheets, seeded.scores) == (12, 24)
    assert Submission.objects.in_competition().count() == 4
    assert (
        Assignment.objects.count() == Sheet.objects.filter(state="sent").count() == 12
    )
    assert Score.objects.count() == 24
    kinds = ScoreEvent.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["saved"] * 24 + ["sent"] * 12
    assert seeded.contest.state_at(clock.now()).phase == Phase.DELIBERATION


def test_ranking_ranks_every_entry_and_can_be_proved():
    contest = seed().contest

    result = result_of(contest)

    assert [len(each.rows) for each in result.ranking.lists] == [4, 4, 4, 4]
    assert shown_of(contest, result.rules) == result.ranking


def test_same_seed_gives_the_same_totals():
    first, second = seed("vienas").contest, seed("du").contest
    third = seed("trys", number=2).contest

    assert totals(first) == totals(second)
    assert totals(first) != totals(third)


def test_share_chooses_jurors_for_each_entry():
    seed(entries=8, jurors=6, share=0.33)

    panels = {
        frozenset(entry.assignments.values_list("juror__number", flat=True))
        for entry in Submission.objects.all()
    }
    assert {len(panel) for panel in panels} == {2}
    assert len(panels) > 1


def test_what_was_sent_is_what_the_entry_says():
    seed(entries=1)

    entry = Submission.objects.get()

    assert not entry.has_unsent_changes
    assert entry.current_version.content.document == freeze(entry)


def test_command_counts(capsys):
    call_command("seed", slug="greitas", entries=2, jurors=3, criteria=1, share=0.5)

    printed = capsys.readouterr().out
    assert printed.startswith(
        "greitas: 2 entries, 3 jurors (2 for each entry), 1 criteria,"
        " 4 sheets sent, 4 scores, in "
    )


@pytest.mark.parametrize("wrong", [{"entries": 0}, {"share": 0.0}, {"share": 1.5}])
def test_command_refuses_a_contest_of_nothing(wrong):
    sizes = {"entries": 2, "jurors": 3, **wrong}

    with pytest.raises(CommandError, match="at least one entry"):
        call_command("seed", slug="greitas", **sizes)


def test_command_refuses_a_slug_that_is_taken():
    seed()

    with pytest.raises(CommandError, match="“greitas”"):
        call_command("seed", slug="greitas", entries=1, jurors=1)
