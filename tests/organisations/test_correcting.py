"""Officials correct the register and settle codes; who asked takes the request back."""

import pytest

from audit.models import Event
from organisations.models import Change, Claim, Representative
from tests.api import Person
from tests.factories import (
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    RepresentativeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

OLD = "1234567"  # seven digits, from before 2004


@pytest.fixture
def organisation():
    """With a code of earlier days, which somebody has to look up."""
    return OrganisationFactory(code=OLD, code_state="to_check", phone="+370 600 00001")


@pytest.fixture
def coordinator():
    return CoordinatorFactory(contest=ContestFactory(phase="open"))


@pytest.fixture
def administrator():
    return Person(UserFactory(is_administrator=True))


def correct(coordinator, organisation, **values):
    slug = coordinator.contest.slug
    return Person(coordinator.person).post(
        f"contests/{slug}/organisations/{organisation.pk}/correction/",
        {"reason": "Sutikrinta su Registrų centru", "version": 1, **values},
    )


def test_a_coordinator_settles_a_code_that_was_to_be_checked(coordinator, organisation):
    answer = correct(coordinator, organisation, code_state="valid")

    organisation.refresh_from_db()
    assert (answer.status_code, answer.json()["code_state"]) == (200, "valid")
    assert (organisation.code, organisation.code_state) == (OLD, "valid")


def test_a_representative_does_not_settle_the_own_code(organisation):
    acting = RepresentativeFactory(organisation=organisation)

    answer = Person(acting.person).patch(
        f"organisations/{organisation.pk}/", {"code_state": "valid", "version": 1}
    )

    organisation.refresh_from_db()
    assert organisation.code_state == "to_check"
    assert answer.json()["code_state"] == "to_check"


def test_a_correction_leaves_its_reason_in_history_and_record(
    coordinator, organisation
):
    acting = RepresentativeFactory(organisation=organisation)

    correct(coordinator, organisation, name="Žibintas", phone="+370 600 00002")

    row = Change.objects.filter(organisation_id=organisation.pk).first()
    assert (row.acted_as, row.reason) == ("organiser", "Sutikrinta su Registrų centru")
    assert row.fields == ["name", "phone"]
    assert list(row.values) == ["name"]
    event = Event.objects.get(action="contest.correct_organisation")
    assert event.contest_id == coordinator.contest_id
    told = Person(acting.person).get(f"organisations/{organisation.pk}/history/")
    assert told.json()["results"][0]["reason"] == row.reason


def test_a_correction_needs_a_reason(coordinator, organisation):
    answer = correct(coordinator, organisation, name="Žibintas", reason="")

    organisation.refresh_from_db()
    assert answer.status_code == 400
    assert organisation.name != "Žibintas"


def test_a_stale_correction_overwrites_nothing(coordinator, organisation):
    correct(coordinator, organisation, name="Pirmas")

    answer = correct(coordinator, organisation, name="Antras")

    organisation.refresh_from_db()
    assert (answer.status_code, organisation.name) == (412, "Pirmas")


def test_a_coordinator_corrects_the_own_country_only(coordinator):
    foreign = OrganisationFactory(country="LV", code="", municipality="")

    assert correct(coordinator, foreign, name="Žibintas").status_code == 404


def test_an_administrator_corrects_all_but_contacts(administrator, organisation):
    where = f"organisations/{organisation.pk}/correction/"
    reason = {"reason": "Sutikrinta"}

    named = administrator.post(where, {**reason, "name": "Žibintas", "version": 1})
    called = administrator.post(where, {**reason, "phone": "+370 1", "version": 2})

    organisation.refresh_from_db()
    assert (named.status_code, called.status_code) == (200, 400)
    assert (organisation.name, organisation.phone) == ("Žibintas", "+370 600 00001")
    assert "phone" not in named.json()


def test_nobody_else_corrects(organisation):
    answer = Person(RepresentativeFactory().person).post(
        f"organisations/{organisation.pk}/correction/", {"reason": "A", "version": 1}
    )

    assert answer.status_code == 404


# --- A request to represent, taken back -----------------------------------------


def withdraw(person, claim):
    return Person(person).post(f"claims/{claim.pk}/withdraw/")


def test_who_asked_takes_the_request_back():
    claim = ClaimFactory()

    answer = withdraw(claim.person, claim)

    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert Event.objects.filter(action="organisations.withdraw_claim").exists()


def test_a_request_taken_back_is_not_answered_any_more():
    claim = ClaimFactory()
    owner = RepresentativeFactory(organisation=claim.organisation)
    withdraw(claim.person, claim)

    answer = Person(owner.person).post(
        f"organisations/{claim.organisation_id}/claims/{claim.pk}/decide/",
        {"approve": True},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "claim_decided")
    assert not Representative.objects.filter(person=claim.person).exists()


def test_after_taking_it_back_one_may_ask_again():
    claim = ClaimFactory()
    withdraw(claim.person, claim)

    again = Person(claim.person).post(
        f"organisations/{claim.organisation_id}/claims/",
        {"name": "Ona", "role": "narė", "message": ""},
    )

    assert again.status_code == 201


def test_the_request_of_somebody_else_is_not_ones_own():
    claim = ClaimFactory()

    assert withdraw(UserFactory(), claim).status_code == 404
    assert Claim.objects.get(pk=claim.pk).state == "pending"


def test_an_answered_request_is_not_taken_back():
    claim = ClaimFactory()
    owner = RepresentativeFactory(organisation=claim.organisation)
    Person(owner.person).post(
        f"organisations/{claim.organisation_id}/claims/{claim.pk}/decide/",
        {"approve": True},
    )

    answer = withdraw(claim.person, claim)

    assert (answer.status_code, answer.json()["code"]) == (409, "claim_decided")
