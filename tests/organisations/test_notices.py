"""Who acts for an organisation, and who asks to, is told of it."""

import pytest

from organisations import representing, services
from tests.factories import (
    ClaimFactory,
    OrganisationFactory,
    RepresentativeFactory,
    UserFactory,
)
from tests.mail.outbox import letter, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Užubalių bendruomenė")


@pytest.fixture
def colleague(organisation):
    person = UserFactory(language="en")
    return RepresentativeFactory(organisation=organisation, person=person).person


def test_a_colleague_is_led_to_the_sign_in_page_without_a_code(organisation, colleague):
    invitation = services.invite_representative(
        organisation=organisation,
        email="nauja@example.org",
        name="Nauja Naujienė",
        role="",
        by=colleague,
    )

    message = letter("organisations.invited_to_represent")
    assert (message.to, message.language) == ("nauja@example.org", "lt")
    assert message.subject == "Galite atstovauti organizacijai Užubalių bendruomenė"
    assert "http://127.0.0.1:8000/sign-in/" in message.text
    assert invitation.code not in message.text + message.html


def test_who_is_invited_again_is_written_to_again(organisation, colleague):
    for _ in range(2):
        services.invite_representative(
            organisation=organisation,
            email="nauja@example.org",
            name="",
            role="",
            by=colleague,
        )

    assert len(told("organisations.invited_to_represent")) == 2


def test_those_who_can_answer_a_request_are_told_of_it(organisation, colleague):
    shared = RepresentativeFactory(
        organisation=organisation, person=colleague, name="Kita Kitaitė"
    )
    RepresentativeFactory()  # of another organisation

    representing.ask_to_represent(
        organisation=organisation,
        name="Ona <b>Onaitė</b>",
        role="",
        message="Esu pirmininkė.\nBcc: visi@example.org",
        by=UserFactory(),
    )

    message = letter("organisations.claim_asked")
    assert message.to == shared.person.email
    assert message.subject == "Ona <b>Onaitė</b> asks to act for Užubalių bendruomenė"
    assert "> Esu pirmininkė.\n> Bcc: visi@example.org" in message.text
    assert "Ona &lt;b&gt;Onaitė&lt;/b&gt; asks" in message.html
    assert "In the organisation" not in message.text  # no role was told


@pytest.mark.parametrize(
    ("approve", "template"),
    [(True, "organisations.claim_approved"), (False, "organisations.claim_refused")],
)
def test_who_asked_is_told_the_answer(organisation, colleague, approve, template):
    claim = ClaimFactory(organisation=organisation)

    representing.decide_claim(
        claim=claim, approve=approve, reason="Nepažįstame.", by=colleague
    )

    message = letter(template)
    assert message.to == claim.person.email
    assert "> Nepažįstame." in message.text
    assert ("/sign-in/" in message.text) is approve
