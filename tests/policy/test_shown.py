"""What of an entry is shown to whom: the rows that open fields, not addresses."""

import pytest

from submissions.content import CONTACT_FIELDS
from tests.policy import table
from tests.policy.table import OK, expected
from tests.policy.world import PEOPLE, build, roles_of

pytestmark = pytest.mark.django_db

SENT, UNSENT = "as it was sent", "not sent yet"


@pytest.fixture(
    params=[phase for phase in table.phases() if phase not in {"set-up", "announced"}]
)
def world(request):
    """An entry that was sent, and changed afterwards without sending it again."""
    world = build(request.param)
    entry = world.own.entry
    document = entry.current_version.content.document
    entry.current_version.content.document = document | {"summary": SENT, "title": SENT}
    entry.current_version.content.save()
    entry.summary, entry.title, entry.version = UNSENT, UNSENT, 2
    entry.save()
    return world


# Towards the entry of this world the others are people like any other.
ASKED = [w for w in PEOPLE if w not in {"secretariat", "shared_with", "claimant"}]


def may(world, who, action):
    return expected(action, roles_of(who, "entry", is_own=True), world.phase) == OK


def shown(world, where):
    """What each person who gets an answer is shown."""
    answers = {who: world.clients[who].get(f"/api/v1/{where}") for who in ASKED}
    return {w: a.json() for w, a in answers.items() if a.status_code == 200}


def test_unsent_changes_are_shown_to_their_organisation_only(world):
    seen = shown(world, f"submissions/{world.own.entry.pk}/")

    summaries = {who: entry["summary"] for who, entry in seen.items()}
    assert summaries == {
        who: UNSENT if may(world, who, "submissions.view_working_copy") else SENT
        for who in ASKED
        if may(world, who, "submissions.view")
    }


def test_contacts_are_shown_where_the_matrix_opens_them(world):
    seen = shown(world, f"submissions/{world.own.entry.pk}/")

    told = {who: set(CONTACT_FIELDS) <= set(entry) for who, entry in seen.items()}
    assert told == {
        who: may(world, who, "submissions.view_contacts")
        for who in ASKED
        if may(world, who, "submissions.view")
    }


def test_unsent_title_is_listed_for_its_organisation_only(world):
    seen = shown(world, "submissions/")

    titles = {
        who: row["title"]
        for who, page in seen.items()
        for row in page["results"]
        if row["id"] == str(world.own.entry.pk)
    }
    assert titles == {
        who: UNSENT if may(world, who, "submissions.view_working_copy") else SENT
        for who in titles
    }


@pytest.mark.parametrize("world", ["eligibility"], indirect=True)
def test_a_receipt_tells_of_unsent_changes_to_their_organisation_only(world):
    where = f"/entries/{world.own.entry.pk}/receipt/"

    answers = {who: world.browsers[who].get(where) for who in ASKED}

    told = {
        who: "Yra nepateiktų pakeitimų" in answer.content.decode()
        for who, answer in answers.items()
        if answer.status_code == 200
    }
    assert told == {
        who: may(world, who, "submissions.view_working_copy")
        for who in ASKED
        if may(world, who, "submissions.view_versions")
    }


@pytest.mark.parametrize("world", table.phases()[2:6], indirect=True)
def test_coordinator_who_withdraws_is_shown_what_was_sent(world):
    answer = world.clients["coordinator"].post(
        f"/api/v1/submissions/{world.own.entry.pk}/withdraw/", {"reason": "A twin."}
    )

    assert answer.json()["summary"] == SENT


def test_coordinator_who_decides_is_shown_what_was_sent():
    world = build("eligibility")
    entry = world.own.entry
    entry.summary, entry.version = UNSENT, 2
    entry.save()

    answer = world.clients["coordinator"].post(
        f"/api/v1/submissions/{entry.pk}/eligibility/",
        {"eligible": False, "reason": "Not a LEADER project."},
    )

    assert answer.json()["summary"] == "Kas padaryta"


def test_jurors_and_their_names_are_not_told_to_organisations(world):
    entry = world.own.entry
    names = {
        a.juror.person.name for a in entry.assignments.select_related("juror__person")
    }

    answers = [
        world.clients[who].get(f"/api/v1/{where}").content.decode()
        for who in ("owner", "other_owner", "representative")
        for where in (f"submissions/{entry.pk}/", "submissions/", "assignments/")
    ]

    assert [name for name in names for text in answers if name in text] == []


def test_juror_is_told_of_no_other_juror_while_judging_is_open():
    world = build("judging")
    others = {
        user.name
        for who, user in world.users.items()
        if who.startswith(("juror", "coordinator_juror")) and who != "juror_assigned"
    }
    keys = {j.key for j in world.own.contest.jurors.all()} - {
        world.own.assignment.juror.key
    }
    entry, assignment = world.own.entry, world.own.assignment

    texts = [
        world.clients["juror_assigned"].get(f"/api/v1/{where}").content.decode()
        for where in (
            f"submissions/{entry.pk}/",
            "submissions/",
            "assignments/",
            f"assignments/{assignment.pk}/",
            f"assignments/{assignment.pk}/sheet/",
            f"contests/{world.own.contest.slug}/",
        )
    ]

    assert [word for word in others | keys for text in texts if word in text] == []
