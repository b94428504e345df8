"""People who act for an organisation: several, behind one address too; requests."""

import time

import pytest
from django.db import transaction

from audit.models import Event
from core.errors import Conflict, Invalid, NotYours
from organisations import representing, services
from organisations.models import Claim, Representative
from organisations.representing import (
    ask_to_represent,
    decide_claim,
    end_representative,
    let_act,
)
from tests.core.races import meanwhile
from tests.factories import (
    ClaimFactory,
    OrganisationFactory,
    RepresentativeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def invite(by, **fields):
    values = {"email": "bendras@example.org", "name": "", "role": "narė"} | fields
    return services.invite_representative(
        organisation=by.organisation, by=by.person, **values
    )


def names(organisation):
    acting = organisation.representatives.acting().select_related("person")
    return [link.shown_name for link in acting]


def ask(organisation, person=None, **fields):
    values = {"name": "", "role": "", "message": ""} | fields
    return ask_to_represent(
        organisation=organisation, by=person or UserFactory(), **values
    )


def end(link, by=None, note=""):
    return end_representative(representative=link, by=(by or link).person, note=note)


# --- One address, several people ----------------------------------------------


def test_people_who_share_an_address_each_have_a_row():
    first = RepresentativeFactory(person__name="Ona Onaitė")
    for name in ("Jonas Jonaitis", "Petras Petraitis", "JONAS  Jonaitis"):
        invite(first, name=name)

    assert names(first.organisation) == [
        *("Ona Onaitė", "Jonas Jonaitis", "Petras Petraitis")
    ]
    shared = Representative.objects.exclude(pk=first.pk)
    assert len({link.person_id for link in shared}) == 1


def test_code_of_a_shared_address_is_told_once():
    first = RepresentativeFactory()

    codes = [invite(first, name=name).code for name in ("Jonas", "Petras")]
    again = invite(RepresentativeFactory(), name="Ona").code

    assert codes[0] is not None
    assert again is None


def test_name_of_the_account_is_not_repeated():
    organisation = OrganisationFactory()
    person = UserFactory(name="Ona Onaitė")

    link, _new = let_act(organisation=organisation, person=person, name="ona onaite")

    assert (link.name, link.shown_name) == ("", "Ona Onaitė")


def test_row_without_a_name_takes_the_first_that_is_told():
    link = RepresentativeFactory(person__name="", role="")

    same, is_new = let_act(
        organisation=link.organisation, person=link.person, name="Ona", role="narė"
    )

    assert (same.pk, same.name, same.role, is_new) == (link.pk, "Ona", "narė", False)


def test_end_of_one_person_leaves_the_address_of_another():
    first = RepresentativeFactory()
    second, _new = let_act(
        organisation=first.organisation, person=first.person, name="Jonas"
    )

    end(first)

    assert names(first.organisation) == ["Jonas"]
    assert end(second, note="Perduota Onai").end_note == "Perduota Onai"


# --- Ends ---------------------------------------------------------------------


def test_colleague_ends_a_representation():
    first = RepresentativeFactory()
    second = RepresentativeFactory(organisation=first.organisation)

    ended = end(first, by=second)

    assert ended.ended_by_id == second.person.pk
    assert names(first.organisation) == [second.shown_name]
    assert Event.objects.get().action == "organisations.end_representative"


def test_last_one_leaves_a_note():
    last = RepresentativeFactory()

    with pytest.raises(Invalid) as refusal:
        end(last)

    assert refusal.value.errors[0].field == "note"
    assert end(last, note="Bendruomenė išregistruota").ended_at is not None


def test_representation_ends_once():
    first = RepresentativeFactory()
    second = RepresentativeFactory(organisation=first.organisation)
    end(first, by=second)

    with pytest.raises(Conflict):
        end(first, by=second)


def test_representative_of_another_organisation_ends_nothing():
    with pytest.raises(NotYours):
        end(RepresentativeFactory(), by=RepresentativeFactory(), note="Ne")


@pytest.mark.django_db(transaction=True)
def test_two_who_end_each_other_leave_one():
    first = RepresentativeFactory()
    second = RepresentativeFactory(organisation=first.organisation)

    with meanwhile() as begin:
        with transaction.atomic():
            end(first, by=second)
            answer = begin(lambda: end(second, by=first))
            time.sleep(0.5)  # the other comes as far as it can
        refused = answer.result()

    assert isinstance(refused, NotYours)
    assert names(first.organisation) == [second.shown_name]


# --- Requests -----------------------------------------------------------------


def test_request_waits_and_gives_nothing():
    claim = ask(OrganisationFactory(), role="pirmininkė")

    assert (claim.state, claim.role) == ("pending", "pirmininkė")
    assert not Representative.objects.exists()
    assert list(Claim.objects.pending().of(claim.person)) == [claim]


def test_yes_lets_the_person_act_under_the_name_of_the_request():
    colleague = RepresentativeFactory()
    claim = ask(colleague.organisation, name="Jonas", role="narys")

    decided = decide_claim(claim=claim, approve=True, reason="", by=colleague.person)

    link = Representative.objects.get(person=claim.person)
    assert (decided.state, link.name, link.role) == ("approved", "Jonas", "narys")
    assert set(Event.objects.values_list("action", flat=True)) == {
        "organisations.claim",
        "organisations.decide_claim",
    }


def test_no_has_a_reason_and_lets_nobody_act():
    colleague = RepresentativeFactory()
    claim = ask(colleague.organisation)

    with pytest.raises(Invalid) as refusal:
        decide_claim(claim=claim, approve=False, reason="", by=colleague.person)
    decide_claim(claim=claim, approve=False, reason="Kas?", by=colleague.person)

    claim.refresh_from_db()
    assert refusal.value.errors[0].field == "reason"
    assert (claim.state, claim.reason) == ("refused", "Kas?")
    assert Representative.objects.count() == 1


def test_request_is_decided_once():
    colleague = RepresentativeFactory()
    claim = ask(colleague.organisation)
    decide_claim(claim=claim, approve=False, reason="Kas?", by=colleague.person)

    with pytest.raises(Conflict) as refusal:
        decide_claim(claim=claim, approve=True, reason="", by=colleague.person)

    assert refusal.value.code == "claim_decided"


def test_nobody_decides_about_the_own_request():
    claim = ClaimFactory()
    RepresentativeFactory(organisation=claim.organisation, person=claim.person)

    with pytest.raises(Conflict) as refusal:
        decide_claim(claim=claim, approve=True, reason="", by=claim.person)

    assert refusal.value.code == "own_claim"


def test_stranger_decides_nothing():
    with pytest.raises(NotYours):
        decide_claim(
            claim=ClaimFactory(),
            approve=True,
            reason="",
            by=RepresentativeFactory().person,
        )


def test_request_is_made_once_and_not_by_those_who_act_already():
    link = RepresentativeFactory()
    claim = ask(link.organisation)

    codes = []
    for person in (claim.person, link.person):
        with pytest.raises(Conflict) as refusal:
            ask(link.organisation, person)
        codes.append(refusal.value.code)

    assert codes == ["claim_pending", "already_represents"]


def test_refused_person_may_ask_again():
    colleague = RepresentativeFactory()
    claim = ask(colleague.organisation)
    decide_claim(claim=claim, approve=False, reason="Kas?", by=colleague.person)

    assert ask(colleague.organisation, claim.person).state == "pending"


def test_one_person_cannot_ask_for_the_whole_register(monkeypatch):
    monkeypatch.setattr(representing, "_MOST_PENDING", 2)
    person = UserFactory()
    for _ in range(2):
        ask(OrganisationFactory(), person)

    with pytest.raises(Conflict, match="2"):
        ask(OrganisationFactory(), person)
