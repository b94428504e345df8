"""History that the database itself refuses to change."""

import pytest
from django.db import DatabaseError, transaction

from core.append_only import append_only_models
from scoring.models import Score, ScoreEvent
from tests.factories import ScoreFactory

pytestmark = [pytest.mark.django_db]


@pytest.mark.thread
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_keeps_history_as_it_is(change):
    event = ScoreFactory().sheet.events.get()
    rows = ScoreEvent.objects.filter(pk=event.pk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(steps=1) if change == "update" else rows.delete()

    assert ScoreEvent.objects.get().steps == event.steps


@pytest.mark.thread
def test_a_score_itself_may_change():
    """The control: the guard knows history from the rest."""
    score = ScoreFactory()

    Score.objects.filter(pk=score.pk).update(steps=1)

    assert Score.objects.get().steps == 1


@pytest.mark.thread
def test_what_is_history_says_so():
    assert sorted(model.__name__ for model in append_only_models()) == [
        *("Act", "ChairDecision", "Change", "ConflictEvent", "CorrectionRequest"),
        *("EligibilityDecision", "Event", "Extension", "FrozenResult"),
        *("JurorExtension", "RequirementCheck", "RulebookVersion", "ScoreEvent"),
        *("SentAttachment", "SubmissionVersion"),
    ]
