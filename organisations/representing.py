"""Who speaks for an organisation: rows of people, their end, and who asks to."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core import clock
from core.collation import search_key
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from mail.services import house_as_sender
from organisations.models import Claim, Organisation, Representative
from organisations.notices import tell_answer, tell_claim

_MOST_PENDING = 20  # requests of one person that wait at the same time


@transaction.atomic
def end_representative(
    *, representative: Representative, note: str, by: User
) -> Representative:
    """End that a person acts for the organisation: oneself, or a colleague.

    The last one leaves a note for those who come after.
    """
    organisation = hold(representative.organisation)
    require(by, "organisations.end_representative", organisation)
    acting = Representative.objects.acting().filter(organisation=organisation)
    link = acting.select_related("person").filter(pk=representative.pk).first()
    if link is None:
        raise Conflict(
            _("This person no longer acts for {organisation}.").format(
                organisation=organisation.name
            ),
            code="already_ended",
        )
    if not note and not acting.exclude(pk=link.pk).exists():
        raise Invalid.field(
            "note",
            _(
                "Nobody else acts for {organisation}. Say in a note why this ends, and"
                " whom to ask from now on."
            ).format(organisation=organisation.name),
            code="required",
        )
    link.ended_at, link.ended_by_id, link.end_note = clock.now(), by.pk, note
    link.save(update_fields=["ended_at", "ended_by_id", "end_note"])
    record("organisations.end_representative", link, by=by, reason=note)
    return link


@transaction.atomic
def ask_to_represent(
    *, organisation: Organisation, name: str, role: str, message: str, by: User
) -> Claim:
    """Ask to act for an organisation of the register; until then nothing opens."""
    require(by, "organisations.claim", organisation)
    organisation = hold(organisation)
    acting = Representative.objects.acting().filter(organisation=organisation)
    if acting.filter(person=by).exists():
        raise Conflict(
            _("You act for {organisation} already.").format(
                organisation=organisation.name
            ),
            code="already_represents",
        )
    pending = Claim.objects.pending().of(by)
    if pending.filter(organisation=organisation).exists():
        raise Conflict(
            _(
                "You have asked to act for {organisation}; the answer is to come."
            ).format(organisation=organisation.name),
            code="claim_pending",
        )
    if pending.count() >= _MOST_PENDING:
        raise Conflict(
            _(
                "At most {count} of your requests can wait for an answer at the same"
                " time."
            ).format(count=_MOST_PENDING),
            code="too_many_claims",
        )
    claim = Claim.objects.create(
        organisation=organisation, person=by, name=name, role=role, message=message
    )
    tell_claim(claim)
    record("organisations.claim", claim, by=by)
    return claim


@transaction.atomic
def withdraw_claim(*, claim: Claim, by: User) -> Claim:
    """Take one's own request back, while nobody has answered it."""
    require(by, "organisations.withdraw_claim", claim)
    hold(claim.organisation)
    current = Claim.objects.select_related("organisation").get(pk=claim.pk)
    _require_pending(current)
    current.state = Claim.State.WITHDRAWN
    current.decided_at, current.decided_by_id = clock.now(), by.pk
    current.save(update_fields=["state", "decided_at", "decided_by_id"])
    record("organisations.withdraw_claim", current, by=by)
    return current


@transaction.atomic
def decide_claim(*, claim: Claim, approve: bool, reason: str, by: User) -> Claim:
    """Say yes or no to a person who asks to act for one's own organisation."""
    require(by, "organisations.decide_claim", claim.organisation)
    settled = settle_claim(claim=claim, approve=approve, reason=reason, by=by)
    tell_answer(settled, house_as_sender())
    record("organisations.decide_claim", settled, by=by, approved=approve)
    return settled


def settle_claim(*, claim: Claim, approve: bool, reason: str, by: User) -> Claim:
    """Close a request, in the caller's transaction.

    Whether ``by`` may is asked, and the record kept, by the caller: a representative
    here, a coordinator in ``contest.register``.
    """
    organisation = hold(claim.organisation)
    claim = Claim.objects.select_related("person").get(pk=claim.pk)
    _require_pending(claim)
    if claim.person_id == by.pk:
        raise Conflict(
            _("Somebody else must decide about your own request."), code="own_claim"
        )
    if not approve and not reason:
        raise Invalid.field(
            "reason", _("Say why: the person is told."), code="required"
        )
    claim.state = Claim.State.APPROVED if approve else Claim.State.REFUSED
    claim.decided_at, claim.decided_by_id, claim.reason = clock.now(), by.pk, reason
    claim.save(update_fields=["state", "decided_at", "decided_by_id", "reason"])
    if approve:
        let_act(
            organisation=organisation,
            person=claim.person,
            name=claim.name,
            role=claim.role,
        )
    return claim


def _require_pending(claim: Claim) -> None:
    if claim.state != Claim.State.PENDING:
        raise Conflict(
            _("This request was decided already: {state}.").format(
                state=claim.get_state_display()
            ),
            code="claim_decided",
        )


def let_act(
    *, organisation: Organisation, person: User, name: str = "", role: str = ""
) -> tuple[Representative, bool]:
    """Give a person the row of acting for an organisation, unless there is one.

    Another ``name`` at the same address is another person. Tells whether it is new;
    a row that was there takes the new role.
    """
    acting = Representative.objects.acting()
    mine = acting.filter(organisation=organisation, person=person)
    for link in mine.select_related("person").order_by("started_at"):
        if name and not link.shown_name:
            link.name = name
        if not name or search_key(link.shown_name) == search_key(name):
            link.role = role or link.role
            link.save(update_fields=["name", "role"])
            return link, False
    own = search_key(name) == search_key(person.name)
    link = Representative.objects.create(
        organisation=organisation,
        person=person,
        name="" if own else name,
        role=role,
    )
    return link, True


def hold(organisation: Organisation) -> Organisation:
    """Let nobody else change who acts for the organisation until the transaction ends.

    An organisation that was merged meanwhile gives its place to the one it went into.
    """
    held = Organisation.objects.select_for_update(no_key=True)
    current = held.filter(pk=organisation.pk).first()
    if current is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    if current.merged_into_id is None:
        return current
    return held.get(pk=current.merged_into_id)
