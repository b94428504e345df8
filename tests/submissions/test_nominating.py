"""A person nominates alone, without an organisation of their own."""

import pytest
from django.urls import reverse

from contest import rulebook
from core.errors import Conflict, Invalid, NotYours
from core.policy import allows, towards
from mail.models import Message
from organisations.models import Claim
from submissions import preparing, services
from submissions.assigning import assign_everything
from submissions.consents import CONSENTS
from submissions.models import Assignment, Submission
from submissions.overseeing import writers_of
from submissions.rules import OwnSheet, with_interest_of
from submissions.selectors import visible_assignments, visible_submissions
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

SIGNED = {"signed_by": "Jonas", "signed_role": "kaimynas"}
ALL = {consent.code: True for consent in CONSENTS}


def contest_of(*who_enters, phase="open"):
    document = rulebook.template("lkbs") | {"who_enters": list(who_enters)}
    return ContestFactory(phase=phase, document=document)


@pytest.fixture
def contest():
    return contest_of("owner", "nominator")


@pytest.fixture
def person():
    return UserFactory(name="Jonas Jonaitis")


@pytest.fixture
def owner():
    return RepresentativeFactory()


def nominate(contest, organisation, by, **fields):
    return services.create_submission(
        contest=contest,
        organisation=organisation,
        by=by,
        entered_by="nominator",
        **fields,
    )


def nominated(contest, person, **fields):
    return SubmissionFactory(
        contest=contest, entered_by="nominator", created_by_id=person.pk, **fields
    )


def submit(entry, by):
    return services.submit(
        submission=entry,
        expected_version=entry.version,
        by=by,
        consents=ALL,
        **SIGNED,
    )


def test_a_person_alone_nominates_and_the_owner_is_told_by_whom(contest, person, owner):
    entry = nominate(contest, owner.organisation, person)

    assert (entry.nominator_id, entry.prepared_by) == (person.pk, None)
    letter = Message.objects.get(to=owner.person.email)
    assert "Jonas Jonaitis" in letter.text


def test_only_where_the_rules_let_nominators_enter(person, owner):
    with pytest.raises(Invalid) as refused:
        nominate(contest_of("owner"), owner.organisation, person)

    assert [error.field for error in refused.value.errors] == ["entered_by"]


def test_nobody_nominates_the_own_organisation_or_one_that_one_asks_to_join(
    contest, person, owner
):
    Claim.objects.create(organisation=OrganisationFactory(), person=person)
    claimed = Claim.objects.get().organisation

    for organisation, by in ((owner.organisation, owner.person), (claimed, person)):
        with pytest.raises(Invalid, match="atstovaujate"):
            nominate(contest, organisation, by)


@pytest.mark.parametrize("phase", ["announced", "judging"])
def test_a_nomination_comes_in_time_or_not_at_all(phase, person, owner):
    late = contest_of("nominator", phase=phase)

    answer = Person(person).post(
        "submissions/",
        {
            "contest": late.slug,
            "organisation": str(owner.organisation.pk),
            "entered_by": "nominator",
        },
        "json",
    )

    assert answer.status_code in {403, 404}
    assert not Submission.objects.exists()


def test_the_owner_confirms_and_then_the_person_sends_it(contest, person, owner):
    entry = nominated(contest, person, organisation=owner.organisation, state="draft")

    with pytest.raises(Conflict, match=owner.organisation.name):
        submit(entry, person)
    with pytest.raises(NotYours):
        preparing.confirm(submission=entry, expected_version=1, by=person, **SIGNED)
    preparing.confirm(submission=entry, expected_version=1, by=owner.person, **SIGNED)
    sent = submit(entry, person)

    assert sent.number == 1
    told = Message.objects.filter(template="submissions.receipt")
    assert {m.to for m in told} >= {person.email, owner.person.email}


def test_the_person_is_its_preparer_and_nobody_else_is(contest, person):
    entry = nominated(contest, person, state="draft")
    stranger = UserFactory()

    assert towards(entry, person).roles & {"preparer", "owner"} == {"preparer"}
    assert allows(person, "submissions.change", entry)
    assert not allows(stranger, "submissions.view", entry)
    assert list(visible_submissions(person)) == [entry]
    assert list(visible_submissions(stranger)) == []


def test_who_began_an_entry_for_an_organisation_is_no_nominator(contest, person):
    helper = OrganisationFactory()
    entry = nominated(contest, person, prepared_by=helper, state="draft")

    assert entry.nominator_id is None
    assert not allows(person, "submissions.view", entry)
    assert list(visible_submissions(person)) == []


def test_limits_look_at_the_owner_alone(person, owner):
    document = rulebook.template("lkbs") | {"who_enters": ["nominator"]}
    document["limits"]["entries_per_organisation"] = 1
    limited = ContestFactory(phase="open", document=document)
    other = RepresentativeFactory()
    for whose, state in ((owner, "submitted"), (owner, "draft"), (other, "draft")):
        entry = nominated(limited, person, organisation=whose.organisation, state=state)
        if state == "draft":
            preparing.confirm(
                submission=entry, expected_version=1, by=whose.person, **SIGNED
            )
            if whose is owner:
                with pytest.raises(Conflict) as refused:
                    submit(entry, person)
                assert refused.value.code == "entries_per_organisation"
            else:
                assert submit(entry, person).number == 1


# --- Conflicts of interest ---------------------------------------------------------


def test_who_nominated_an_entry_does_not_score_it():
    judged = contest_of("nominator", phase="judging")
    juror = JurorFactory(contest=judged)
    entry = nominated(judged, juror.person)
    other = SubmissionFactory(contest=judged)

    assign_everything(contest=judged, by=CoordinatorFactory(contest=judged).person)

    pairs = {a.submission: a for a in Assignment.objects.filter(juror=juror)}
    assert pairs[entry].conflict_at is not None
    assert pairs[other].conflict_at is None


def test_an_assignment_made_all_the_same_opens_no_sheet():
    judged = contest_of("nominator", phase="judging")
    juror = JurorFactory(contest=judged)
    pair = AssignmentFactory(submission=nominated(judged, juror.person), juror=juror)
    known = with_interest_of(Assignment.objects.filter(pk=pair.pk), juror.person)

    answer = Person(juror.person).patch(
        f"assignments/{pair.pk}/sheet/innovation/", {"value": 9, "version": 0}
    )

    assert answer.status_code in {403, 404}
    assert not allows(juror.person, "scoring.save_score", OwnSheet(known.get()))
    work = Person(juror.person).get(f"contests/{judged.slug}/progress/mine/")
    assert str(pair.pk) not in work.content.decode()


def test_a_coordinator_who_nominated_sees_neither_the_office_nor_the_ranking():
    judged = contest_of("nominator", phase="deliberation")
    seat = CoordinatorFactory(contest=judged)
    entry = nominated(judged, seat.person)
    AssignmentFactory(submission=entry, juror=JurorFactory(contest=judged))
    colleague = CoordinatorFactory(contest=judged)

    ranking = f"contests/{judged.slug}/ranking/"
    assert Person(colleague.person).get(ranking).status_code == 200
    assert Person(seat.person).get(ranking).status_code in {403, 404}
    assert "coordinator" not in towards(entry, seat.person).roles
    assert not visible_assignments(seat.person).exists()


# --- Pages and letters -------------------------------------------------------------


def test_the_page_lets_a_person_nominate_what_was_found(contest, person, owner):
    where, found = reverse("submissions:enter", args=[contest.slug]), owner.organisation
    browser = browser_of(person)
    button = "Siūlyti savo vardu"

    shown = browser.get(where, {"q": found.name}).content.decode()
    answer = browser.post(
        where, {"organisation": str(found.pk), "entered_by": "nominator"}
    )

    entry = Submission.objects.get()
    assert button in shown
    assert answer.url == reverse("submissions:entry", args=[entry.pk])
    assert "Jonas Jonaitis" in browser.get(answer.url).content.decode()
    desk = browser.get("/desk/").content.decode()
    assert found.name in desk
    confirms = browser_of(owner.person).get(
        reverse("submissions:entry-confirm", args=[entry.pk])
    )
    assert "Jonas Jonaitis" in confirms.content.decode()


def test_the_page_offers_it_only_where_the_rules_do(person, owner):
    where = reverse("submissions:enter", args=[contest_of("owner").slug])

    shown = browser_of(person).get(where, {"q": owner.organisation.name})

    assert "Siūlyti savo vardu" not in shown.content.decode()


def test_coordinators_are_told_whom_to_ask(contest, person, owner):
    entry = nominated(contest, person, organisation=owner.organisation, state="draft")

    found = writers_of([entry])

    assert [(w.name, w.email) for w in found[entry.pk]] == [(person.name, person.email)]
