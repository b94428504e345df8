"""The panel: who votes, who was removed, and what each may see afterwards."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from contest import panel, rulebook
from contest.models import Juror
from core.errors import Conflict, Invalid, NotNow, NotYours
from submissions import assigning
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    AssignmentFactory,
    AuditorFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WHY = "Taip nutarta"


def running(phase="judging"):
    coordinator = CoordinatorFactory(contest__phase=phase)
    return coordinator.contest, coordinator.person


def keys(jurors):
    return [juror.key for juror in jurors]


# --- Who votes ---------------------------------------------------------------------


@pytest.mark.parametrize("role", Juror.Role.values)
def test_chair_deputy_and_member_vote_and_nobody_else(role):
    juror = JurorFactory(role=role)

    voting = Juror.objects.voting().filter(pk=juror.pk).exists()

    assert voting == (role in {"chair", "deputy", "member"})
    assert juror.votes == voting


@pytest.mark.parametrize("role", ["secretary", "observer", "substitute"])
def test_who_does_not_vote_is_assigned_nothing(role):
    contest, coordinator = running("eligibility")
    SubmissionFactory(contest=contest)
    juror = JurorFactory(contest=contest, role=role)
    entry = SubmissionFactory(contest=contest)

    assigned = assigning.assign_everything(contest=contest, by=coordinator)

    assert assigned.added == []
    with pytest.raises(Invalid):
        assigning.assign(contest=contest, pairs=[(entry.pk, juror.pk)], by=coordinator)


def test_activated_substitute_votes_in_the_place_of_a_removed_juror():
    contest, coordinator = running()
    gone = JurorFactory(contest=contest)
    substitute = JurorFactory(contest=contest, role="substitute")
    panel.remove_juror(juror=gone, reason=WHY, exclude_scores=False, by=coordinator)

    panel.activate_substitute(
        juror=substitute, reason=WHY, replaces=gone.pk, by=coordinator
    )

    assert keys(contest.jurors.voting()) == [substitute.key]
    event = Event.objects.get(action="contest.activate_substitute")
    assert (event.reason, event.details) == (WHY, {"replaces": gone.key})


def test_substitute_is_activated_once():
    contest, coordinator = running()
    substitute = JurorFactory(contest=contest, role="substitute")

    def activate():
        return panel.activate_substitute(
            juror=substitute, reason=WHY, replaces=None, by=coordinator
        )

    activate()

    with pytest.raises(Conflict):
        activate()


@pytest.mark.parametrize("which", ["acting", "foreign", "replaced"])
def test_substitute_replaces_only_a_removed_juror_of_the_same_panel(which):
    contest, coordinator = running()
    first, second = JurorFactory.create_batch(2, contest=contest, role="substitute")
    gone = JurorFactory(contest=contest)
    foreign = JurorFactory(contest=ContestFactory())
    Juror.objects.filter(pk__in=[gone.pk, foreign.pk]).update(
        removed_at=gone.invited_at
    )
    panel.activate_substitute(juror=first, reason=WHY, replaces=gone.pk, by=coordinator)
    target = {"acting": first, "foreign": foreign, "replaced": gone}[which]

    with pytest.raises(Invalid) as refusal:
        panel.activate_substitute(
            juror=second, reason=WHY, replaces=target.pk, by=coordinator
        )

    assert [error.field for error in refusal.value.errors] == ["replaces"]


# --- One chair ---------------------------------------------------------------------


def test_second_chair_is_refused_in_words():
    contest, coordinator = running("open")
    JurorFactory(contest=contest, role="chair")
    member = JurorFactory(contest=contest)

    with pytest.raises(Conflict, match="J01"):
        panel.change_role(juror=member, role="chair", reason=WHY, by=coordinator)


def test_database_keeps_a_second_chair_out():
    chair = JurorFactory(role="chair")

    with pytest.raises(IntegrityError), transaction.atomic():
        JurorFactory(contest=chair.contest, role="chair")


def test_chair_of_a_removed_juror_is_free():
    contest, coordinator = running("open")
    old = JurorFactory(contest=contest, role="chair")
    panel.remove_juror(juror=old, reason=WHY, exclude_scores=False, by=coordinator)
    new = JurorFactory(contest=contest)

    panel.change_role(juror=new, role="chair", reason=WHY, by=coordinator)

    with pytest.raises(Conflict):
        panel.restore_juror(juror=old, reason=WHY, by=coordinator)


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_two_chairs_made_at_once_one_is():
    contest, coordinator = running("open")
    members = JurorFactory.create_batch(2, contest=contest)

    outcomes = at_once(
        [
            lambda juror=juror: panel.change_role(
                juror=juror, role="chair", reason=WHY, by=coordinator
            )
            for juror in members
        ]
    )

    assert sorted(type(o).__name__ for o in outcomes) == ["Conflict", "Juror"]


# --- Roles -------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["judging", "deliberation"])
@pytest.mark.parametrize(
    ("before", "after"), [("member", "secretary"), ("observer", "member")]
)
def test_once_judging_is_open_no_role_gives_or_takes_a_vote(phase, before, after):
    contest, coordinator = running(phase)
    juror = JurorFactory(contest=contest, role=before)

    with pytest.raises(Conflict) as refusal:
        panel.change_role(juror=juror, role=after, reason=WHY, by=coordinator)

    assert refusal.value.code == "votes_are_fixed"


def test_before_judging_every_role_is_free():
    contest, coordinator = running("eligibility")
    juror = JurorFactory(contest=contest)

    for role in Juror.Role.values:
        changed = panel.change_role(juror=juror, role=role, reason=WHY, by=coordinator)
        assert changed.role == role


def test_chair_is_elected_in_deliberation():
    contest, coordinator = running("deliberation")
    juror = JurorFactory(contest=contest)

    panel.change_role(juror=juror, role="chair", reason=WHY, by=coordinator)

    assert contest.jurors.get().role == "chair"


# --- Removing ----------------------------------------------------------------------


@pytest.mark.parametrize(("scores", "excluded"), [("keep", False), ("exclude", True)])
def test_removal_ends_access_at_once_and_says_what_becomes_of_the_scores(
    scores, excluded
):
    contest, coordinator = running()
    sheet = SheetFactory(assignment__submission__contest=contest)
    juror = sheet.assignment.juror
    person, runs = Person(juror.person), Person(coordinator)
    address = f"assignments/{sheet.assignment.pk}/sheet/"
    before = person.get(address).status_code

    answer = runs.post(
        f"contests/{contest.slug}/jurors/{juror.pk}/remove/",
        {"reason": WHY, "scores": scores},
    )

    assert (before, person.get(address).status_code) == (200, 404)
    shown = answer.json()
    assert (shown["removed_reason"], shown["scores_excluded"]) == (WHY, excluded)


@pytest.mark.parametrize("missing", ["reason", "scores"])
def test_removal_without_reason_or_choice_is_refused(missing):
    contest, coordinator = running()
    juror = JurorFactory(contest=contest)
    sent = {"reason": WHY, "scores": "keep"}
    del sent[missing]

    answer = Person(coordinator).post(
        f"contests/{contest.slug}/jurors/{juror.pk}/remove/", sent
    )

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [missing]


def test_restored_juror_is_back_with_the_scores():
    contest, coordinator = running()
    assignment = AssignmentFactory(submission__contest=contest)
    juror = assignment.juror
    panel.remove_juror(juror=juror, reason=WHY, exclude_scores=True, by=coordinator)

    restored = panel.restore_juror(juror=juror, reason=WHY, by=coordinator)

    assert (restored.removed_at, restored.scores_excluded) == (None, False)
    answer = Person(juror.person).get(f"assignments/{assignment.pk}/sheet/")
    assert answer.status_code == 200


def test_replaced_juror_is_not_restored_beside_the_substitute():
    contest, coordinator = running()
    gone = JurorFactory(contest=contest)
    substitute = JurorFactory(contest=contest, role="substitute")
    panel.remove_juror(juror=gone, reason=WHY, exclude_scores=True, by=coordinator)
    panel.activate_substitute(
        juror=substitute, reason=WHY, replaces=gone.pk, by=coordinator
    )

    with pytest.raises(Conflict) as refusal:
        panel.restore_juror(juror=gone, reason=WHY, by=coordinator)

    assert refusal.value.code == "replaced"


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_parallel_removals_one_is_recorded():
    contest, coordinator = running()
    juror = JurorFactory(contest=contest)

    outcomes = at_once(
        [
            lambda scores=scores: panel.remove_juror(
                juror=juror, reason=WHY, exclude_scores=scores, by=coordinator
            )
            for scores in (True, False)
        ]
    )

    assert sorted(type(o).__name__ for o in outcomes) == ["Conflict", "Juror"]
    assert Event.objects.filter(action="contest.remove_juror").count() == 1


@pytest.mark.parametrize("phase", ["published", "archived"])
def test_nobody_is_removed_once_the_result_is_public(phase):
    contest, coordinator = running(phase)

    with pytest.raises(NotNow):
        panel.remove_juror(
            juror=JurorFactory(contest=contest),
            reason=WHY,
            exclude_scores=True,
            by=coordinator,
        )


def test_conflict_outlives_the_seat():
    """A coordinator who was removed from the panel is still in conflict."""
    contest, coordinator = running()
    own = AssignmentFactory(
        submission__contest=contest, juror__person=coordinator, in_conflict=True
    )
    person = Person(coordinator)
    address = f"submissions/{own.submission.pk}/"
    Juror.objects.filter(pk=own.juror.pk).update(removed_at=own.juror.invited_at)

    listed = person.get("submissions/").json()["results"]

    assert person.get(address).status_code == 404
    assert listed == []


# --- Invitations -------------------------------------------------------------------


def seat(contest, coordinator, juror):
    where = f"contests/{contest.slug}/jurors/{juror.pk}/"
    return Person(coordinator).get(where).json()


def test_planned_seat_opens_nothing_until_it_is_invited():
    contest, coordinator = running("eligibility")
    juror = JurorFactory(contest=contest, invited_at=None)
    before = seat(contest, coordinator, juror)["invitation"]
    assert keys(contest.jurors.acting()) == []

    answer = Person(coordinator).post(
        f"contests/{contest.slug}/jurors/{juror.pk}/invite/"
    )

    assert answer.status_code == 201
    assert (before, answer.json()["invitation"]) != ("planned", "planned")
    assert keys(contest.jurors.voting()) == [juror.key]


def test_invitation_is_followed_from_planned_to_joined():
    contest, coordinator = running("eligibility")
    juror, invitation = panel.invite_juror(
        contest=contest,
        email="nauja@example.org",
        name="Nauja",
        role="member",
        by=coordinator,
    )
    states = [seat(contest, coordinator, juror)["invitation"]]
    juror.person.codes.update(expires_at=juror.invited_at)
    states.append(seat(contest, coordinator, juror)["invitation"])
    again, second = panel.invite_again(juror=juror, by=coordinator)
    states.append(seat(contest, coordinator, again)["invitation"])
    Person(juror.person)  # signs in
    states.append(seat(contest, coordinator, juror)["invitation"])

    assert states == ["invited", "expired", "invited", "joined"]
    assert invitation.code != second.code is not None


def test_removed_juror_is_not_invited_into_the_old_seat():
    contest, coordinator = running()
    juror = JurorFactory(contest=contest, removed_at=contest.created_at)

    for invite in (
        lambda: panel.invite_again(juror=juror, by=coordinator),
        lambda: panel.invite_juror(
            contest=contest,
            email=juror.person.email,
            name="",
            role="member",
            by=coordinator,
        ),
    ):
        with pytest.raises(Conflict) as refusal:
            invite()
        assert refusal.value.code == "juror_removed"


def test_auditor_is_kept_off_the_panel_and_the_panel_off_the_audit():
    contest, coordinator = running()
    auditor = AuditorFactory(contest=contest)

    with pytest.raises(Conflict) as refusal:
        panel.invite_juror(
            contest=contest,
            email=auditor.person.email,
            name="",
            role="member",
            by=coordinator,
        )

    assert refusal.value.code == "is_auditor"


def test_juror_of_another_panel_is_not_reached_by_way_of_the_own_contest():
    contest, coordinator = running()
    foreign = JurorFactory(contest=ContestFactory(phase="judging"))

    answers = [
        Person(coordinator).post(
            f"contests/{contest.slug}/jurors/{foreign.pk}/{verb}/",
            {"reason": WHY, "scores": "keep", "role": "member"},
        )
        for verb in ("remove", "restore", "role", "activate", "invite")
    ]

    assert {answer.status_code for answer in answers} == {404}


def test_stranger_removes_nobody():
    with pytest.raises(NotYours):
        panel.remove_juror(
            juror=JurorFactory(), reason=WHY, exclude_scores=True, by=UserFactory()
        )


# --- Groups: the panels of nominations ---------------------------------------------


def with_ministry():
    document = rulebook.template("lkbs")
    document["nominations"][0]["panel"] = "ministry"
    contest = ContestFactory(phase="eligibility", document=document)
    return contest, Person(CoordinatorFactory(contest=contest).person)


def test_a_juror_is_invited_to_a_group_and_leaves_it():
    contest, person = with_ministry()
    seats = f"contests/{contest.slug}/jurors/"
    wish = {"email": "nauja@example.org", "groups": ["ministry", "ministry"]}

    invited = person.post(seats, wish, "json").json()
    change = {"role": "member", "reason": WHY}
    same = person.post(f"{seats}{invited['id']}/role/", change, "json").json()
    change["groups"] = []
    none = person.post(f"{seats}{invited['id']}/role/", change, "json").json()

    found = [answer["groups"] for answer in (invited, same, none)]
    assert found == [["ministry"], ["ministry"], []]


def test_a_group_that_judges_nothing_is_refused():
    contest, person = with_ministry()
    wish = {"email": "nauja@example.org", "groups": ["ministery"]}

    answer = person.post(f"contests/{contest.slug}/jurors/", wish, "json")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "groups")
    assert contest.jurors.count() == 0


@pytest.mark.parametrize(
    ("chosen", "groups"),
    [
        (["a"], {"x"}),
        (["a", "b"], {"x", "y"}),
        (["a", "c"], set()),
        (["c"], set()),
        ([], {"z"}),
    ],
)
def test_the_groups_of_an_entry_are_those_of_its_nominations(chosen, groups):
    document = rulebook.template("lkbs")
    one = document["nominations"][0]
    document["nominations"] = [
        {**one, "code": code, "panel": panel, "entries": entries}
        for code, panel, entries in (
            *(("a", "x", "chosen"), ("b", "y", "chosen"), ("c", "", "chosen")),
            ("d", "z", "all"),
        )
    ]

    assert rulebook.read(document).panels_of(chosen) == groups
