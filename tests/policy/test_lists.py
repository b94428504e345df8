"""The list and the gate are one rule in two shapes: everybody asks, in each phase."""

import pytest
from django.contrib.auth.models import AnonymousUser

from contest.models import Contest
from core.policy import allows
from submissions.models import Assignment, Submission
from submissions.selectors import visible_assignments, visible_submissions
from tests.factories import AssignmentFactory, SubmissionFactory
from tests.policy import table
from tests.policy.world import build

pytestmark = pytest.mark.django_db

LISTS = {
    "contest.view": (Contest, Contest.objects.visible_to),
    "submissions.view": (Submission, visible_submissions),
    "submissions.view_assignment": (Assignment, visible_assignments),
}


def unequal(world, action):
    """For whom list and gate differ: ``{who: (only listed, only opened)}``."""
    model, visible_to = LISTS[action]
    found = {}
    for who, user in people(world, action).items():
        listed = set(visible_to(user))
        opened = {thing for thing in model.objects.all() if allows(user, action, thing)}
        if listed != opened:
            found[who] = (listed - opened, opened - listed)
    return found


def people(world, action):
    """Everybody who may ask: visitors only where a cell is theirs."""
    visitor = {"visitor": AnonymousUser()} if table.cells()[action]["visitor"] else {}
    return world.users | visitor


@pytest.mark.parametrize("phase", table.phases())
@pytest.mark.parametrize("action", ["contest.view", "submissions.view"])
def test_list_holds_what_the_gate_opens(action, phase):
    world = build(phase)

    assert unequal(world, action) == {}


@pytest.mark.parametrize("phase", table.phases())
def test_list_of_assignments_holds_what_the_gate_opens(phase):
    world = build(phase)
    Assignment.objects.filter(conflict_at__isnull=False).delete()
    world.users.pop("owner_juror")  # whose assignment was such a conflict

    found = unequal(world, "submissions.view_assignment")

    assert {who: both for who, both in found.items() if who in world.users} == {}


@pytest.mark.parametrize("phase", ["judging", "deliberation"])
def test_list_of_assignments_ends_with_a_conflict(phase):
    world = build(phase)

    assert unequal(world, "submissions.view_assignment") == {}


@pytest.mark.parametrize("phase", ["open", "eligibility", "judging"])
def test_draft_is_its_organisations_own_in_list_and_gate(phase):
    world = build(phase)
    SubmissionFactory(contest=world.own.contest, state="draft")

    assert unequal(world, "submissions.view") == {}


@pytest.mark.parametrize("phase", table.phases())
def test_withdrawn_entry_is_listed_as_the_gate_opens_it(phase):
    world = build(phase)
    withdrawn = SubmissionFactory(contest=world.own.contest, state="withdrawn")
    AssignmentFactory(submission=withdrawn, juror=world.own.assignment.juror)

    assert unequal(world, "submissions.view") == {}


@pytest.mark.parametrize("kind", ["entry", "assignment"])
def test_visitors_are_refused_not_crashed(kind):
    thing = build("judging").own.thing(kind)

    assert not allows(AnonymousUser(), "submissions.view", thing)


def test_a_list_that_shows_too_much_is_noticed(monkeypatch):
    """The control: this suite can fail."""
    world = build("judging")
    everything = (Submission, lambda _user: Submission.objects.all())
    monkeypatch.setitem(LISTS, "submissions.view", everything)

    assert "signed_in" in unequal(world, "submissions.view")
