import pytest
from django.utils.translation import override

from audit.models import Event
from contest import rulebook
from core.errors import Conflict, Invalid
from submissions import assigning
from submissions.models import Assignment, Submission
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    RulebookVersionFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="judging")


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def test_everything_is_every_eligible_entry_for_every_acting_juror(
    contest, coordinator
):
    entries = [SubmissionFactory(contest=contest) for _ in range(2)]
    for state in ("submitted", "ineligible", "withdrawn", "draft"):
        SubmissionFactory(contest=contest, state=state)
    jurors = JurorFactory.create_batch(2, contest=contest)
    gone = JurorFactory(contest=contest)
    gone.removed_at = gone.invited_at
    gone.save()

    created = assigning.assign_everything(contest=contest, by=coordinator).created

    pairs = set(Assignment.objects.values_list("submission", "juror"))
    assert created == 4
    assert pairs == {(entry.pk, juror.pk) for entry in entries for juror in jurors}


def judged_by_groups():
    """Two entries, one of a nomination that the group „ministry“ judges."""
    document = rulebook.template("lkbs")
    one = {**document["nominations"][0], "entries": "chosen"}
    document["nominations"] = [
        {**one, "code": "theirs", "panel": "ministry"},
        {**one, "code": "ours"},
    ]
    contest = ContestFactory(phase="judging", document=document)
    entries = [
        SubmissionFactory(contest=contest, nominations=[code])
        for code in ("theirs", "ours")
    ]
    return CoordinatorFactory(contest=contest).person, contest, entries


def test_what_a_group_judges_goes_to_its_jurors_alone():
    person, contest, (theirs, ours) = judged_by_groups()
    inside = JurorFactory(contest=contest, groups=["ministry"])
    outside = JurorFactory(contest=contest)

    assigning.assign_everything(contest=contest, by=person)

    pairs = set(Assignment.objects.values_list("submission", "juror"))
    assert pairs == {
        (theirs.pk, inside.pk),
        (ours.pk, inside.pk),
        (ours.pk, outside.pk),
    }


def test_an_entry_whose_group_has_nobody_is_told():
    person, contest, (theirs, _ours) = judged_by_groups()
    JurorFactory(contest=contest)

    assigned = assigning.assign_everything(contest=contest, by=person, dry_run=True)

    assert assigned.short == [(theirs, 0)]


def test_a_distribution_keeps_to_the_groups():
    person, contest, (theirs, ours) = judged_by_groups()
    inside = JurorFactory(contest=contest, groups=["ministry"])
    outside = JurorFactory(contest=contest)

    made = assigning.distribute(contest=contest, per_entry=2, by=person)

    assert {pair.keys for pair in made.added} == {
        (theirs.reference, inside.key),
        (ours.reference, inside.key),
        (ours.reference, outside.key),
    }
    assert made.short == [(theirs, 1)]


def test_by_hand_an_entry_goes_to_whomever_it_is_given():
    person, contest, (theirs, _ours) = judged_by_groups()
    outside = JurorFactory(contest=contest)

    pairs = [(theirs.pk, outside.pk)]

    assert assigning.assign(contest=contest, pairs=pairs, by=person).created == 1


def test_assigning_again_adds_only_what_is_new(contest, coordinator):
    SubmissionFactory(contest=contest)
    JurorFactory(contest=contest)
    assigning.assign_everything(contest=contest, by=coordinator)
    JurorFactory(contest=contest)

    created = assigning.assign_everything(contest=contest, by=coordinator).created

    assert (created, Assignment.objects.count()) == (1, 2)


def test_a_declared_conflict_outlives_assigning_again(contest, coordinator):
    AssignmentFactory(submission__contest=contest, in_conflict=True)

    assigning.assign_everything(contest=contest, by=coordinator)

    assert Assignment.objects.get().conflict_reason == "A cousin"


def test_a_juror_is_assigned_the_own_organisations_entry_in_conflict(
    contest, coordinator
):
    entry = SubmissionFactory(contest=contest)
    juror = JurorFactory(contest=contest)
    RepresentativeFactory(organisation=entry.organisation, person=juror.person)

    assigning.assign_everything(contest=contest, by=coordinator)

    assignment = Assignment.objects.get()
    assert assignment.conflict_at is not None
    assert assignment.conflict_reason == assigning.REPRESENTS


def test_pairs_of_another_contest_are_refused_as_not_there(contest, coordinator):
    foreign = AssignmentFactory()
    own = SubmissionFactory(contest=contest)

    for pair in (
        (own.pk, foreign.juror.pk),
        (foreign.submission.pk, JurorFactory(contest=contest).pk),
    ):
        with pytest.raises(Invalid):
            assigning.assign(contest=contest, pairs=[pair], by=coordinator)


def test_pairs_are_assigned_all_or_none(contest, coordinator):
    juror = JurorFactory(contest=contest)
    eligible = SubmissionFactory(contest=contest)
    refused = SubmissionFactory(contest=contest, state="ineligible")

    with pytest.raises(Invalid) as refusal:
        assigning.assign(
            contest=contest,
            pairs=[(eligible.pk, juror.pk), (refused.pk, juror.pk)],
            by=coordinator,
        )

    assert refusal.value.errors[0].field == "pairs.1.submission"
    assert not Assignment.objects.exists()


def test_the_same_pair_twice_is_one_assignment(contest, coordinator):
    pair = (SubmissionFactory(contest=contest).pk, JurorFactory(contest=contest).pk)

    assigned = assigning.assign(contest=contest, pairs=[pair, pair], by=coordinator)

    assert assigned.created == 1


def test_assigning_a_thousand_pairs_asks_a_constant_number_of_queries(
    contest, coordinator, django_assert_max_num_queries
):
    entries = [SubmissionFactory(contest=contest) for _ in range(5)]
    jurors = JurorFactory.create_batch(4, contest=contest)
    pairs = [(entry.pk, juror.pk) for entry in entries for juror in jurors]

    with django_assert_max_num_queries(22):
        assigning.assign(contest=contest, pairs=pairs, by=coordinator)


def test_every_wrong_pair_is_named(contest, coordinator):
    eligible = SubmissionFactory(contest=contest)
    refused = SubmissionFactory(contest=contest, state="ineligible")
    member = JurorFactory(contest=contest)
    secretary = JurorFactory(contest=contest, role="secretary")

    with pytest.raises(Invalid) as refusal:
        assigning.assign(
            contest=contest,
            pairs=[
                (eligible.pk, member.pk),
                (refused.pk, member.pk),
                (eligible.pk, secretary.pk),
            ],
            by=coordinator,
        )

    fields = [error.field for error in refusal.value.errors]
    assert fields == ["pairs.1.submission", "pairs.2"]


def test_a_preview_tells_all_and_assigns_nothing(contest, coordinator):
    entry = SubmissionFactory(contest=contest)
    free, bound = JurorFactory.create_batch(2, contest=contest)
    RepresentativeFactory(organisation=entry.organisation, person=bound.person)

    preview = assigning.assign_everything(contest=contest, by=coordinator, dry_run=True)

    assert {pair.juror for pair in preview.added} == {free, bound}
    assert [pair.juror for pair in preview.in_conflict] == [bound]
    assert [(load.before, load.after) for load in preview.load] == [(0, 1), (0, 0)]
    assert not Assignment.objects.exists()
    assert not Event.objects.filter(action="submissions.assign").exists()


# --- Each entry to so many jurors ----------------------------------------------------


def distribute(contest, coordinator, **how):
    return assigning.distribute(
        contest=contest, by=coordinator, **{"per_entry": 2, **how}
    )


def test_distribution_is_even_and_avoids_every_conflict(contest, coordinator):
    jurors = JurorFactory.create_batch(4, contest=contest)
    entries = [SubmissionFactory(contest=contest) for _ in range(6)]
    AssignmentFactory(
        submission=entries[0], juror=jurors[0], in_conflict=True, is_assigned=False
    )
    RepresentativeFactory(organisation=entries[1].organisation, person=jurors[1].person)

    group = RepresentativeFactory(person=jurors[2].person).organisation
    Submission.objects.filter(pk=entries[2].pk).update(
        prepared_by=group, entered_by="action_group"
    )

    distributed = distribute(contest, coordinator)

    made = set(Assignment.objects.assigned().values_list("submission", "juror"))
    assert distributed.created == len(made) == 12
    assert (entries[0].pk, jurors[0].pk) not in made
    assert (entries[1].pk, jurors[1].pk) not in made
    assert (entries[2].pk, jurors[2].pk) not in made
    assert [load.after for load in distributed.load] == [3, 3, 3, 3]


def test_distribution_tops_up_what_stands(contest, coordinator):
    jurors = JurorFactory.create_batch(3, contest=contest)
    entry = SubmissionFactory(contest=contest)
    AssignmentFactory(submission=entry, juror=jurors[0])

    distributed = distribute(contest, coordinator)

    assert distributed.created == 1
    assert Assignment.objects.count() == 2


def test_distribution_names_entries_that_stay_short(contest, coordinator):
    JurorFactory(contest=contest)
    entry = SubmissionFactory(contest=contest)

    distributed = distribute(contest, coordinator)

    assert distributed.short == [(entry, 1)]


def test_distribution_avoids_the_municipality_where_asked(contest, coordinator):
    neighbour, far = JurorFactory.create_batch(2, contest=contest)
    entry = SubmissionFactory(contest=contest, organisation__municipality="19")
    RepresentativeFactory(organisation__municipality="19", person=neighbour.person)

    preview = distribute(
        contest, coordinator, avoid_same_municipality=True, dry_run=True
    )

    assert [pair.juror for pair in preview.added] == [far]
    assert preview.short == [(entry, 1)]


def test_distribution_takes_the_number_of_the_rulebook(coordinator, contest):
    contest.rulebook = RulebookVersionFactory(
        contest=contest,
        number=2,
        document=rulebook.template("lkbs") | {"jurors_per_entry": 1},
    )
    contest.save()
    JurorFactory.create_batch(2, contest=contest)
    SubmissionFactory(contest=contest)

    assert distribute(contest, coordinator, per_entry=None).created == 1


def test_distribution_without_any_number_is_refused(contest, coordinator):
    with override("en"), pytest.raises(Invalid, match="how many jurors"):
        distribute(contest, coordinator, per_entry=None)


def test_a_preview_that_is_out_of_date_assigns_nothing(contest, coordinator):
    JurorFactory.create_batch(2, contest=contest)
    SubmissionFactory(contest=contest)
    preview = distribute(contest, coordinator, dry_run=True)
    SubmissionFactory(contest=contest)

    with pytest.raises(Conflict) as refusal:
        distribute(contest, coordinator, plan=preview.plan)

    assert refusal.value.code == "plan_changed"
    assert not Assignment.objects.exists()


def test_a_preview_that_still_holds_is_what_is_assigned(contest, coordinator):
    JurorFactory.create_batch(3, contest=contest)
    for _ in range(4):
        SubmissionFactory(contest=contest)
    preview = distribute(contest, coordinator, dry_run=True, seed="2026")

    applied = distribute(contest, coordinator, plan=preview.plan, seed="2026")

    assert applied.added == preview.added
    assert Assignment.objects.count() == 8


# --- Taking an assignment back -------------------------------------------------------


def test_an_assignment_that_nobody_scored_is_taken_back(contest, coordinator):
    assignment = AssignmentFactory(submission__contest=contest)

    assigning.unassign(assignment=assignment, reason="Per daug", by=coordinator)

    assert not Assignment.objects.exists()
    assert Event.objects.get(action="submissions.unassign").reason == "Per daug"


def test_an_assignment_with_scores_is_kept(contest, coordinator):
    sheet = SheetFactory(
        assignment__submission__contest=contest, values={"innovation": 9}
    )

    with pytest.raises(Conflict) as refusal:
        assigning.unassign(
            assignment=sheet.assignment, reason="Per daug", by=coordinator
        )

    assert refusal.value.code == "already_scored"
    assert Assignment.objects.exists()


def test_taking_an_assignment_back_leaves_the_conflict(contest, coordinator):
    assignment = AssignmentFactory(submission__contest=contest, in_conflict=True)

    assigning.unassign(assignment=assignment, reason="Per daug", by=coordinator)

    assignment.refresh_from_db()
    assert (assignment.is_assigned, assignment.conflict_reason) == (False, "A cousin")


def test_a_stated_conflict_becomes_an_assignment_that_opens_nothing(
    contest, coordinator
):
    stated = AssignmentFactory(
        submission__contest=contest, in_conflict=True, is_assigned=False
    )

    assigned = assigning.assign_everything(contest=contest, by=coordinator)

    stated.refresh_from_db()
    assert (assigned.created, len(assigned.in_conflict)) == (1, 1)
    assert stated.is_assigned
    assert stated.conflict_at is not None


def test_a_juror_of_the_preparing_organisation_has_a_conflict(contest, coordinator):
    juror = JurorFactory(contest=contest)
    nominator = RepresentativeFactory(person=juror.person).organisation
    SubmissionFactory(contest=contest, entered_by="nominator", prepared_by=nominator)

    assigning.assign_everything(contest=contest, by=coordinator)

    assert Assignment.objects.get().conflict_at is not None
