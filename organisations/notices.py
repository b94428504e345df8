"""Whom the register tells what. Called by its services, inside their transactions."""

from collections.abc import Collection
from uuid import UUID

from accounts.letters import recipient_of
from accounts.models import User
from core import clock
from mail import links
from mail.letters import Letter, Recipient, Sender
from mail.services import house_as_sender, post
from organisations.letters import (
    CLAIM_APPROVED,
    CLAIM_ASKED,
    CLAIM_REFUSED,
    INVITED_TO_REPRESENT,
)
from organisations.models import Claim, Organisation, Representative


def speakers_of(organisations: Collection[UUID]) -> dict[UUID, list[Recipient]]:
    """Address the people who act for the organisations, each address once for each."""
    acting = Representative.objects.acting().filter(
        organisation__in=organisations, person__is_active=True
    )
    found: dict[UUID, dict[str, Recipient]] = {}
    for link in acting.select_related("person").order_by("started_at", "pk"):
        addresses = found.setdefault(link.organisation_id, {})
        addresses.setdefault(link.person.email, recipient_of(link.person))
    return {pk: list(addresses.values()) for pk, addresses in found.items()}


def tell_invitation(
    link: Representative, organisation: Organisation, person: User, sender: Sender
) -> None:
    """Lead an invited person to the sign-in page; the letter holds no code."""
    letter = Letter(
        INVITED_TO_REPRESENT,
        to=recipient_of(person),
        occasion=f"{link.pk} {clock.now().isoformat()}",
        values={"organisation": organisation.name},
        link=links.sign_in(),
    )
    post(letter, sender=sender)


def tell_claim(claim: Claim) -> None:
    """Tell those who can answer it that a person asks to act for their organisation."""
    organisation = claim.organisation
    name = claim.name or claim.person.name or claim.person.email
    values = {
        "organisation": organisation.name,
        "person": name,
        "role": claim.role,
        "message": claim.message,
    }
    letters = (
        Letter(
            CLAIM_ASKED, to, str(claim.pk), values, links.organisation(organisation.pk)
        )
        for to in speakers_of([organisation.pk]).get(organisation.pk, [])
    )
    post(*letters, sender=house_as_sender())


def tell_answer(claim: Claim, sender: Sender) -> None:
    """Tell the person who asked what was decided, and why."""
    is_granted = claim.state == Claim.State.APPROVED
    letter = Letter(
        CLAIM_APPROVED if is_granted else CLAIM_REFUSED,
        to=recipient_of(claim.person),
        occasion=str(claim.pk),
        values={"organisation": claim.organisation.name, "reason": claim.reason},
        link=links.sign_in() if is_granted else "",
    )
    post(letter, sender=sender)
