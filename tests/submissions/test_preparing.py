"""Entries that others prepare, and the owner's word for them."""

import pytest
from django.utils.translation import override

from audit.models import Event
from contest import rulebook
from core.errors import Conflict, Invalid, NotNow, NotYours, Stale
from organisations.models import Organisation
from submissions import attachments, preparing, services
from submissions.consents import TEXTS_VERSION
from submissions.models import Confirmation
from tests.api import Person
from tests.factories import (
    AttachmentFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NAMES = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}
SIGNED = {**NAMES, "consents": {"processing": True}}


def contest_of(*who_enters, phase="open"):
    document = rulebook.template("lkbs") | {"who_enters": list(who_enters)}
    return ContestFactory(phase=phase, document=document)


@pytest.fixture
def nominator():
    return RepresentativeFactory()


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def prepared(nominator, owner):
    """A complete draft that a nominator prepared for the owner."""
    return SubmissionFactory(
        contest=contest_of("owner", "nominator"),
        organisation=owner.organisation,
        prepared_by=nominator.organisation,
        entered_by="nominator",
        state="draft",
    )


def submit(entry, person, version=1):
    return services.submit(
        submission=entry, expected_version=version, by=person, **SIGNED
    )


def confirm(entry, person, version=1):
    return preparing.confirm(
        submission=entry, expected_version=version, by=person, **NAMES
    )


def begin(contest, organisation, by, **how):
    return services.create_submission(
        contest=contest, organisation=organisation, by=by, **how
    )


def test_a_nominator_prepares_what_the_rules_let_it(nominator, owner):
    entry = begin(
        contest_of("nominator"),
        owner.organisation,
        nominator.person,
        entered_by="nominator",
        prepared_by=nominator.organisation,
    )

    assert (entry.entered_by, entry.prepared_by) == (
        "nominator",
        nominator.organisation,
    )


@pytest.mark.parametrize(
    ("who_enters", "how", "field"),
    [
        pytest.param(("owner",), {"entered_by": "nominator"}, "entered_by", id="rules"),
        pytest.param(
            ("action_group",),
            {"entered_by": "action_group"},
            "prepared_by",
            id="nobody",
        ),
        pytest.param(
            ("nominator",), {"entered_by": "nominator"}, "entered_by", id="the-owner"
        ),
        pytest.param(
            ("action_group",),
            {"entered_by": "action_group", "prepared_by": True},
            "prepared_by",
            id="no-action-group",
        ),
        pytest.param(
            ("owner",), {"prepared_by": True}, "prepared_by", id="the-owner-itself"
        ),
    ],
)
def test_entering_as_what_one_is_not_is_refused(
    nominator, owner, who_enters, how, field
):
    if "prepared_by" in how:
        how = how | {"prepared_by": nominator.organisation}
    person = nominator.person
    if how.get("entered_by") is None or "prepared_by" not in how:
        person = owner.person

    with pytest.raises(Invalid) as refusal:
        begin(contest_of(*who_enters), owner.organisation, person, **how)

    assert [error.field for error in refusal.value.errors] == [field]


def test_an_action_group_prepares_for_its_members(owner):
    group = RepresentativeFactory(organisation__kind=Organisation.Kind.ACTION_GROUP)

    entry = begin(
        contest_of("action_group"),
        owner.organisation,
        group.person,
        entered_by="action_group",
        prepared_by=group.organisation,
    )

    assert entry.prepared_by == group.organisation


def test_nobody_prepares_in_the_name_of_an_organisation_of_others(nominator, owner):
    with pytest.raises(NotYours) as refusal:
        begin(
            contest_of("nominator"),
            owner.organisation,
            nominator.person,
            entered_by="nominator",
            prepared_by=OrganisationFactory(),
        )

    assert [error.field for error in refusal.value.errors] == ["prepared_by"]
    assert str(nominator.organisation.pk) in refusal.value.message


def test_who_leaves_out_the_preparer_is_told_whom_to_name(owner):
    group = RepresentativeFactory(organisation__kind=Organisation.Kind.ACTION_GROUP)
    contest = contest_of("action_group")
    another = RepresentativeFactory(person=group.person).organisation
    how = {"entered_by": "action_group"}

    with pytest.raises(Invalid) as refusal:
        begin(contest, owner.organisation, group.person, **how)
    with pytest.raises(NotYours) as stranger:
        begin(contest, owner.organisation, UserFactory(), **how)

    assert [error.field for error in refusal.value.errors] == ["prepared_by"]
    for organisation in (group.organisation, another):
        assert f"{organisation.name} ({organisation.pk})" in refusal.value.message
    assert stranger.value.errors == ()


def test_a_coordinator_enters_as_secretariat_only():
    contest = contest_of("owner", "secretariat")
    coordinator = CoordinatorFactory(contest=contest).person

    entry = begin(contest, OrganisationFactory(), coordinator, entered_by="secretariat")

    assert entry.entered_by == "secretariat"
    with pytest.raises(NotYours):
        begin(contest, OrganisationFactory(), coordinator)


def test_an_owner_is_no_secretariat(owner):
    with pytest.raises(Invalid):
        begin(
            contest_of("owner", "secretariat"),
            owner.organisation,
            owner.person,
            entered_by="secretariat",
        )


def test_a_preparer_sends_only_what_its_owner_confirmed(prepared, nominator, owner):
    with pytest.raises(Conflict) as refusal:
        submit(prepared, nominator.person)
    confirm(prepared, owner.person)

    receipt = submit(prepared, nominator.person)

    assert refusal.value.code == "confirmation_missing"
    assert receipt.number == 1


def test_a_word_given_holds_for_the_version_that_was_read(prepared, nominator, owner):
    confirm(prepared, owner.person)
    services.change_submission(
        submission=prepared, expected_version=1, title="Kitas", by=nominator.person
    )

    with pytest.raises(Conflict):
        submit(prepared, nominator.person, version=2)


def test_a_version_that_was_not_read_is_not_confirmed(prepared, owner):
    with pytest.raises(Stale):
        confirm(prepared, owner.person, version=2)


def test_confirming_twice_is_confirming_once(prepared, owner):
    given = [confirm(prepared, owner.person) for _ in range(2)]

    assert given[0] == given[1]
    assert Event.objects.filter(action="submissions.confirm").count() == 1


def test_an_owner_who_sends_it_agrees_by_sending(prepared, owner):
    assert submit(prepared, owner.person).number == 1


def test_a_consent_on_paper_is_recorded_by_a_coordinator(prepared, nominator):
    coordinator = CoordinatorFactory(contest=prepared.contest).person

    preparing.confirm_on_paper(
        submission=prepared, reason="Segtuvas Nr. 3", by=coordinator, **NAMES
    )

    assert submit(prepared, nominator.person).number == 1
    (event,) = Event.objects.filter(action="submissions.confirm_on_paper")
    assert (event.reason, event.actor_id) == ("Segtuvas Nr. 3", coordinator.pk)


def test_a_word_given_here_names_its_text_and_language(prepared, owner):
    with override("lt"):
        given = confirm(prepared, owner.person)

    assert (given.texts_version, given.language) == (TEXTS_VERSION, "lt")
    assert given.paper is None


def test_a_consent_on_paper_refers_to_the_file_that_was_uploaded(prepared, nominator):
    coordinator = CoordinatorFactory(contest=prepared.contest).person
    for kind in ("document", "signed_consent"):
        paper = AttachmentFactory(submission=prepared, kind=kind)

    given = preparing.confirm_on_paper(
        submission=prepared, reason="Segtuvas Nr. 3", by=coordinator, **NAMES
    )
    attachments.remove_attachment(attachment=paper, by=nominator.person)

    paper.refresh_from_db()
    assert given.paper == paper
    assert paper.removed_at is not None  # kept: the record refers to it


def test_a_preparer_does_not_confirm_for_the_owner(prepared, nominator):
    with pytest.raises(NotYours):
        confirm(prepared, nominator.person)

    assert not Confirmation.objects.exists()


def test_what_the_owner_wrote_itself_needs_no_word(owner):
    draft = SubmissionFactory(
        contest__phase="open", organisation=owner.organisation, state="draft"
    )

    with pytest.raises(Conflict):
        confirm(draft, owner.person)


def test_the_secretariat_types_in_after_the_deadline_what_came_in_time(owner):
    contest = contest_of("owner", "secretariat", phase="eligibility")
    coordinator = CoordinatorFactory(contest=contest).person
    entry = begin(
        contest,
        owner.organisation,
        coordinator,
        entered_by="secretariat",
        title="Paštu gauta",
    )
    preparing.confirm_on_paper(
        submission=entry, reason="Gauta paštu", by=coordinator, **NAMES
    )
    fields = ("summary", "innovation", "success", "social_responsibility")
    services.change_submission(
        submission=entry,
        expected_version=1,
        by=coordinator,
        **dict.fromkeys(fields, "Tekstas"),
    )

    receipt = submit(entry, coordinator, version=2)

    (event,) = Event.objects.filter(action="submissions.submit")
    assert event.details == {"number": 1, "entered_by": "secretariat"}
    assert receipt.content.signed_by == "Ona Onaitė"


# --- Who sees a draft --------------------------------------------------------------


def test_a_shared_draft_is_seen_by_coordinators_and_no_longer_when_taken_back(owner):
    draft = SubmissionFactory(
        contest__phase="open", organisation=owner.organisation, state="draft"
    )
    coordinator = Person(CoordinatorFactory(contest=draft.contest).person)
    statuses = []
    for shared in (True, False):
        preparing.share(submission=draft, shared=shared, by=owner.person)
        statuses.append(coordinator.get(f"submissions/{draft.pk}/").status_code)

    assert statuses == [200, 404]


def test_coordinators_are_told_how_far_a_draft_is_and_nothing_in_it(owner):
    draft = SubmissionFactory(
        contest__phase="open",
        organisation=owner.organisation,
        state="draft",
        innovation="",
        summary="Paslaptis",
    )
    SubmissionFactory(contest=draft.contest, state="submitted")
    coordinator = Person(CoordinatorFactory(contest=draft.contest).person)

    answer = coordinator.get(f"contests/{draft.contest.slug}/drafts/")

    (row,) = answer.json()["results"]
    assert set(row) == {
        *("id", "organisation", "phone", "title", "entered_by", "percent"),
        *("changed_at", "open_until"),
    }
    assert (row["percent"], row["phone"]) == (80, "+370 600 00000")
    assert "Paslaptis" not in answer.content.decode()


def test_a_coordinator_of_the_preparing_organisation_is_a_stranger_to_its_ranking(
    nominator,
):
    entry = SubmissionFactory(
        entered_by="nominator", prepared_by=nominator.organisation
    )
    CoordinatorFactory(contest=entry.contest, person=nominator.person)

    ranking = Person(nominator.person).get(f"contests/{entry.contest.slug}/ranking/")

    assert ranking.status_code == 404


def test_a_preparer_does_not_restore_what_the_owner_withdrew(
    prepared, nominator, owner
):
    services.withdraw(submission=prepared, reason="Nenorime", by=owner.person)

    with pytest.raises((NotYours, NotNow)):
        services.restore(submission=prepared, reason="Norime", by=nominator.person)
