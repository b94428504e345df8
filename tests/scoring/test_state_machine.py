"""Whatever happens after scoring, the ranking holds exactly what it should.

Saving, sending, reopening, conflicts, removals, exclusions and withdrawals in any
order (rows 17 to 19 of the fault table), compared after each step with a model that
knows nothing of tables.
"""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contest.models import Juror
from core import clock
from core.errors import SumaniError
from scoring import excluding, services
from scoring.exclusions import excluded_pairs
from scoring.models import Score
from scoring.selectors import result_of
from scoring.services import Mark
from submissions import conflicts
from submissions import services as entries
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SubmissionFactory,
)
from tests.scoring.shown import shown_of
from tests.scoring.slow_ranking import slow_rank

CODES = ("innovation", "success", "social_responsibility", "originality")
pair = st.tuples(st.integers(0, 2), st.integers(0, 1))


class Judging(RuleBasedStateMachine):
    """Three entries, two jurors, and everything that can befall their sheets."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.contest = ContestFactory()
        self.coordinator = CoordinatorFactory(contest=self.contest).person
        self.jurors = JurorFactory.create_batch(2, contest=self.contest)
        self.entries = [SubmissionFactory(contest=self.contest) for _ in range(3)]
        self.assignments = {
            (e, j): AssignmentFactory(submission=entry, juror=juror)
            for e, entry in enumerate(self.entries)
            for j, juror in enumerate(self.jurors)
        }
        # The model: values by pair and code, and plain facts about pairs and people.
        self.values = {key: {} for key in self.assignments}
        self.sent, self.conflicts, self.excluded = set(), {}, set()
        self.withdrawn, self.removed = set(), {}

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    # --- What the people do ------------------------------------------------------

    @rule(key=pair, value=st.integers(1, 10))
    def save_everything(self, key, value):
        stored = self.values[key]
        marks = [Mark(c, Decimal(value), None, stored.get(c, (0, 0))[1]) for c in CODES]
        saved = self.attempt(
            lambda: services.save_marks(
                assignment_id=self.assignments[key].pk,
                marks=marks,
                by=self.jurors[key[1]].person,
            )
        )
        assert saved == (self.is_open(key) and key not in self.sent)
        if saved:
            for code in CODES:
                stored[code] = value - 1, stored.get(code, (0, 0))[1] + 1

    @rule(key=pair)
    def send(self, key):
        sent = self.attempt(
            lambda: services.send_sheet(
                assignment_id=self.assignments[key].pk, by=self.jurors[key[1]].person
            )
        )
        assert sent == (self.is_open(key) and len(self.values[key]) == len(CODES))
        if sent:
            self.sent.add(key)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def reopen(self, data):
        key = data.draw(st.sampled_from(sorted(self.sent)))
        reopened = self.attempt(
            lambda: services.reopen_sheet(
                assignment_id=self.assignments[key].pk, reason="x", by=self.coordinator
            )
        )
        assert reopened == (key[0] not in self.withdrawn)
        if reopened:
            self.sent.remove(key)

    @rule(key=pair)
    def declare(self, key):
        declared = self.attempt(
            lambda: conflicts.declare_conflict(
                assignment=self.assignments[key],
                reason="x",
                by=self.jurors[key[1]].person,
            )
        )
        assert declared == (key[1] not in self.removed)
        if declared:
            self.conflicts.setdefault(key, "declared")

    @rule(key=pair)
    def take_back(self, key):
        taken = self.attempt(
            lambda: conflicts.withdraw_conflict(
                assignment=self.assignments[key], by=self.jurors[key[1]].person
            )
        )
        stands = self.conflicts.get(key) == "declared"
        assert taken == (stands and key[1] not in self.removed)
        if taken:
            del self.conflicts[key]

    @rule(key=pair)
    def confirm(self, key):
        if self.attempt(
            lambda: conflicts.confirm_conflict(
                assignment=self.assignments[key], by=self.coordinator
            )
        ):
            self.conflicts[key] = "confirmed"

    @rule(key=pair)
    def lift(self, key):
        lifted = self.attempt(
            lambda: conflicts.lift_conflict(
                assignment=self.assignments[key], reason="x", by=self.coordinator
            )
        )
        assert lifted == (self.conflicts.pop(key, None) is not None)

    @rule(key=pair)
    def exclude(self, key):
        excluded = self.attempt(
            lambda: excluding.exclude_sheet(
                assignment_id=self.assignments[key].pk, reason="x", by=self.coordinator
            )
        )
        if excluded:
            self.excluded.add(key)

    @rule(key=pair)
    def include(self, key):
        self.attempt(
            lambda: excluding.include_sheet(
                assignment_id=self.assignments[key].pk, reason="x", by=self.coordinator
            )
        )
        self.excluded.discard(key)

    @rule(number=st.integers(0, 1), with_scores=st.booleans())
    def remove_juror(self, number, with_scores):
        self.removed[number] = with_scores
        Juror.objects.filter(pk=self.jurors[number].pk).update(
            removed_at=clock.now(), scores_excluded=with_scores
        )

    @rule(number=st.integers(0, 1))
    def bring_juror_back(self, number):
        self.removed.pop(number, None)
        Juror.objects.filter(pk=self.jurors[number].pk).update(
            removed_at=None, scores_excluded=False
        )

    @rule(number=st.integers(0, 2))
    def withdraw_entry(self, number):
        self.withdrawn.add(number)
        entries.withdraw(
            submission=self.entries[number], reason="x", by=self.coordinator
        )

    @rule(number=st.integers(0, 2))
    def restore_entry(self, number):
        self.withdrawn.discard(number)
        entries.restore(
            submission=self.entries[number], reason="x", by=self.coordinator
        )

    # --- What must hold ------------------------------------------------------------

    @invariant()
    def ranking_is_that_of_the_model(self):
        result = result_of(self.contest)
        expected = sorted(
            (self.entries[e].reference, self.jurors[j].key, code, steps)
            for (e, j) in self.sent
            if self.counts((e, j))
            for code, (steps, _version) in self.values[e, j].items()
        )
        assert sorted(map(tuple, result.scores)) == expected
        slow = slow_rank(result.rules, result.entries, result.scores)
        assert result.ranking == slow
        assert shown_of(self.contest, result.rules) == slow

    @invariant()
    def exclusions_are_exact(self):
        expected = {}
        for e, j in self.assignments:
            kind = self.kind((e, j))
            if kind and e not in self.withdrawn:
                scores = len(CODES) if (e, j) in self.sent else 0
                key = self.entries[e].reference, self.jurors[j].key
                expected[key] = kind, scores
        told = excluded_pairs(self.contest)
        assert {(p.reference, p.juror): (p.kind, p.scores) for p in told} == expected

    @invariant()
    def nothing_scored_is_lost(self):
        stored = sum(len(values) for values in self.values.values())
        assert Score.objects.filter(sheet__assignment__in=self.rows()).count() == stored

    @rule(key=pair)
    def juror_sees_only_what_is_open(self, key):
        where = f"assignments/{self.assignments[key].pk}/sheet/"
        status = Person(self.jurors[key[1]].person).get(where).status_code
        hidden = key in self.conflicts or key[1] in self.removed
        assert status == (404 if hidden else 200)

    # --- The model -----------------------------------------------------------------

    def is_open(self, key):
        entry, juror = key
        is_out = entry in self.withdrawn or juror in self.removed
        return not is_out and key not in self.conflicts

    def kind(self, key):
        if key in self.conflicts:
            return "conflict"
        if key in self.excluded:
            return "coordinator"
        is_removed = self.removed.get(key[1]) and key in self.sent
        return "juror_removed" if is_removed else None

    def counts(self, key):
        return key[0] not in self.withdrawn and self.kind(key) is None

    def rows(self):
        return [assignment.pk for assignment in self.assignments.values()]

    @staticmethod
    def attempt(action):
        try:
            with transaction.atomic():
                action()
        except SumaniError:
            return False
        return True


@pytest.mark.django_db
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "examples", [5, pytest.param(100, marks=pytest.mark.slow, id="many")]
)
def test_ranking_follows_every_turn_of_events(examples):
    run_state_machine_as_test(
        Judging, settings=settings(max_examples=examples, stateful_step_count=30)
    )
