"""Whoever is given a part in a contest is written to, in the organiser's name."""

from datetime import timedelta

import pytest

from contest import panel, register, services, staff
from core import clock
from tests.factories import (
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    OrganiserMemberFactory,
    RepresentativeFactory,
)
from tests.mail.outbox import letter, told

pytestmark = pytest.mark.django_db
NEW = "nauja@example.org"


@pytest.fixture
def contest():
    return ContestFactory(
        phase="open",
        title={"lt": "Pažangus kaimas"},
        series__organiser__name={"lt": "Kaimo sąjunga", "en": "Rural Union"},
        series__organiser__phone="+370 5 000 0000",
        series__organiser__email="sajunga@example.lt",
    )


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def invite_juror(contest, by):
    return panel.invite_juror(
        contest=contest, email=NEW, name="", role="member", by=by
    )[1]


def add_coordinator(contest, by):
    return staff.add_coordinator(contest=contest, email=NEW, name="", by=by)


def add_auditor(contest, by):
    until = clock.now() + timedelta(days=3)
    return staff.add_auditor(
        contest=contest, email=NEW, name="", until=until, reason="Auditas", by=by
    )[1]


def invite_first_representative(contest, by):
    return services.invite_first_representative(
        contest=contest,
        organisation=OrganisationFactory(),
        email=NEW,
        name="",
        role="",
        by=by,
    )


INVITATIONS = [
    (invite_juror, "contest.invited_to_panel"),
    (add_coordinator, "contest.invited_to_coordinate"),
    (add_auditor, "contest.invited_to_audit"),
    (invite_first_representative, "organisations.invited_to_represent"),
]


@pytest.mark.parametrize(
    ("invite", "template"), INVITATIONS, ids=[name for _invite, name in INVITATIONS]
)
def test_who_is_invited_is_led_to_the_sign_in_page(
    contest, coordinator, invite, template
):
    invitation = invite(contest, coordinator)

    message = letter(template)
    assert (message.to, message.person_id) == (NEW, invitation.person.pk)
    assert (message.contest_id, message.reply_to) == (contest.pk, "sajunga@example.lt")
    assert "Kaimo sąjunga, +370 5 000 0000, sajunga@example.lt" in message.text
    assert "http://127.0.0.1:8000/sign-in/" in message.text
    assert invitation.code not in message.text + message.html


def test_the_organiser_is_named_in_the_readers_language(contest, coordinator):
    coordinator.language = "en"
    coordinator.save()

    staff.add_coordinator(
        contest=contest, email=coordinator.email, name="", by=coordinator
    )

    message = letter("contest.invited_to_coordinate")
    assert message.subject == "You are invited to coordinate “Pažangus kaimas”"
    assert "Rural Union invites you" in message.text


def test_a_juror_who_is_invited_again_is_written_to_again(contest, coordinator):
    invite_juror(contest, coordinator)

    panel.invite_again(juror=contest.jurors.get(), by=coordinator)

    assert told("contest.invited_to_panel") == [NEW, NEW]


def test_who_prepares_contests_is_invited_by_the_organiser():
    member = OrganiserMemberFactory(organiser__email="sajunga@example.lt")

    services.add_organiser_member(
        organiser=member.organiser, email=NEW, name="", by=member.person
    )

    message = letter("contest.invited_by_organiser")
    assert (message.to, message.reply_to) == (NEW, "sajunga@example.lt")
    assert member.organiser.name["lt"] in message.subject


def test_an_answer_of_a_coordinator_comes_in_the_organisers_name(contest, coordinator):
    claim = ClaimFactory()
    RepresentativeFactory(organisation=claim.organisation)

    register.decide_claim(
        contest=contest, claim=claim, approve=True, reason="Susitarta", by=coordinator
    )

    message = letter("organisations.claim_approved")
    assert (message.to, message.contest_id) == (claim.person.email, contest.pk)
