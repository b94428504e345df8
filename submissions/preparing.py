"""Entries that others prepare: who may, and how the owner agrees. Services."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from contest.rulebook import Rulebook
from contest.services import invite_first_representative
from core import clock
from core.errors import Conflict, FieldError, Invalid, NotYours, Stale, SumaniError
from core.policy import require, towards
from organisations.history import is_confirmed
from organisations.models import Organisation
from organisations.notices import speakers_of
from organisations.rules import CLAIMANT, OWNER
from submissions.consents import TEXTS_VERSION
from submissions.locks import locked
from submissions.models import Attachment, Confirmation, Submission
from submissions.notices import tell_preparation
from submissions.rules import (
    COORDINATORS,
    PREPARER,
    Entering,
    Handling,
)
from submissions.trail import record_entry

_By = Submission.EnteredBy


def require_may_enter(
    entering: Entering, entered_by: str, rules: Rulebook, *, by: User
) -> None:
    """Refuse who is not what ``entered_by`` says, or whom the rules do not name."""
    if entered_by not in rules.who_enters:
        raise Invalid.field(
            "entered_by",
            _("By the rules of this contest entries are made by: {allowed}.").format(
                allowed=", ".join(str(_By(kind).label) for kind in rules.who_enters)
            ),
            received=entered_by,
        )
    _require_preparer(entered_by, entering.prepared_by)
    roles = towards(entering, by).roles
    if entered_by == _By.OWNER and not roles & {OWNER, CLAIMANT}:
        raise NotYours(_("You do not represent this organisation."))
    if entering.prepared_by is not None and PREPARER not in roles:
        told = who_prepares(entering, entered_by, by=by)
        raise told or NotYours(_("You do not represent this organisation."))
    by_secretariat = entered_by == _By.SECRETARIAT
    own = {OWNER, CLAIMANT, PREPARER} if by_secretariat else {OWNER, CLAIMANT}
    if (by_secretariat or entering.is_nominated) and roles & own:
        raise Invalid.field(
            "entered_by",
            _("You represent this organisation: enter in its own name."),
            received=entered_by,
        )
    if by_secretariat and not roles & COORDINATORS:
        raise NotYours(_("You do not coordinate this contest."))


def who_prepares(
    entering: Entering, entered_by: str, *, by: User
) -> SumaniError | None:
    """Put into words that ``prepared_by`` is missing, or not this person's.

    None where it is not asked for, and for who represents nobody.
    """
    own = Organisation.objects.represented_by(by).order_by("name_sort", "pk")
    named = ", ".join(f"{name} ({pk})" for name, pk in own.values_list("name", "pk"))
    preparer = entering.prepared_by
    if not named or (preparer is None and entered_by != _By.ACTION_GROUP):
        return None
    if preparer is None:
        return Invalid.field(
            "prepared_by",
            _(
                "Name in prepared_by the organisation that prepares this entry. You"
                " represent: {organisations}."
            ).format(organisations=named),
            code="required",
        )
    message = _(
        "You do not represent the organisation that prepared_by names. You represent:"
        " {organisations}."
    ).format(organisations=named)
    error = FieldError("prepared_by", message, "not_found", str(preparer.pk))
    return NotYours(message, errors=[error])


def require_agreement(current: Submission, *, by: User) -> None:
    """Let others send an entry only with its owner's word for it as it stands.

    The owner who sends it gives that word by sending. A word on paper holds whatever
    is changed later; one given here holds for the version that was read.
    """
    if not current.is_prepared_by_others or OWNER in towards(current, by).roles:
        return
    if not has_agreement(current):
        raise Conflict(
            _(
                "{organisation} has not agreed to this entry as it stands now. Ask it"
                " to confirm the entry here, or let the coordinators record its consent"
                " on paper. The entry stays saved."
            ).format(organisation=current.organisation.name),
            code="confirmation_missing",
        )


def has_agreement(submission: Submission) -> bool:
    """Tell whether the owner agreed to the working copy as it stands, or on paper."""
    return submission.confirmations.agreeing_to(submission.version).exists()


def helps_as(organisation: Organisation, rules: Rulebook) -> str | None:
    """Tell as what an organisation may prepare entries for others by these rules."""
    is_group = organisation.kind == Organisation.Kind.ACTION_GROUP
    kind = _By.ACTION_GROUP if is_group else _By.NOMINATOR
    return kind if kind in rules.who_enters else None


def sees_territory(organisation: Organisation) -> bool:
    """Tell whether it is an action group, and not by its own word alone.

    By its name it is told how far others are, and anybody may add such a name.
    """
    is_group = organisation.kind == Organisation.Kind.ACTION_GROUP
    return is_group and is_confirmed(organisation)


@transaction.atomic
def ask_to_confirm(*, submission: Submission, by: User) -> int:
    """Write to all who act for the owner that the entry waits for their word.

    Tells how many letters are new: an address is asked once about the same version.
    """
    current = locked(submission)
    require(by, "submissions.ask_to_confirm", current)
    _require_prepared(current)
    if has_agreement(current):
        raise Conflict(
            _("{organisation} has agreed to this entry as it stands now.").format(
                organisation=current.organisation.name
            ),
            code="nothing_to_confirm",
        )
    if not speakers_of([current.organisation_id]):
        raise Conflict(
            _(
                "Nobody acts for {organisation} here yet, so there is nobody to ask."
                " Invite somebody who does, or record its consent on paper. The entry"
                " stays saved."
            ).format(organisation=current.organisation.name),
            code="nobody_to_ask",
        )
    asked = tell_preparation(current)
    if asked:
        record_entry(
            "submissions.ask_to_confirm", current, by=by, version=current.version
        )
    return asked


@transaction.atomic
def invite_to_confirm(
    *, submission: Submission, email: str, name: str, role: str, by: User
) -> None:
    """Let the first person act for the owner, and ask that one for the owner's word."""
    invite_first_representative(
        contest=submission.contest,
        organisation=submission.organisation,
        email=email,
        name=name,
        role=role,
        by=by,
    )
    ask_to_confirm(submission=submission, by=by)


@transaction.atomic
def confirm(
    *,
    submission: Submission,
    expected_version: int,
    signed_by: str,
    signed_role: str,
    by: User,
) -> Confirmation:
    """Agree, as its owner, to the entry as it stands; again gives the first answer."""
    current = locked(submission)
    require(by, "submissions.confirm", current)
    _require_prepared(current)
    if current.version != expected_version:
        raise Stale(
            _(
                "The entry was changed in between (version {current}; you read"
                " {expected}). Read it again before you confirm it."
            ).format(current=current.version, expected=expected_version),
            extra={"current_version": current.version},
        )
    given = current.confirmations.filter(
        kind=Confirmation.Kind.OWNER, working_version=current.version
    ).first()
    return given or _keep(
        current,
        Confirmation.Kind.OWNER,
        by=by,
        names=(signed_by, signed_role),
        texts_version=TEXTS_VERSION,
        language=get_language() or "",
    )


@transaction.atomic
def confirm_on_paper(
    *, submission: Submission, signed_by: str, signed_role: str, reason: str, by: User
) -> Confirmation:
    """Record that the owner signed a consent on paper, and where it is kept.

    The signed consent that was uploaded last goes with the record.
    """
    current = locked(submission)
    require(by, "submissions.confirm_on_paper", Handling(current))
    _require_prepared(current)
    papers = current.attachments.in_working_copy().filter(
        kind=Attachment.Kind.SIGNED_CONSENT
    )
    return _keep(
        current,
        Confirmation.Kind.PAPER,
        by=by,
        names=(signed_by, signed_role),
        reason=reason,
        paper=papers.order_by("created_at").last(),
    )


@transaction.atomic
def share(*, submission: Submission, shared: bool, by: User) -> Submission:
    """Let the coordinators look at the working copy, or let them no longer."""
    current = locked(submission)
    require(by, "submissions.share", current)
    if shared != (current.shared_at is not None):
        current.shared_at = clock.now() if shared else None
        current.save(update_fields=["shared_at"])
        record_entry("submissions.share", current, by=by, shared=shared)
    return current


def _require_preparer(entered_by: str, prepared_by: Organisation | None) -> None:
    may_have_one = entered_by in {_By.ACTION_GROUP, _By.NOMINATOR}
    if entered_by == _By.ACTION_GROUP and prepared_by is None:
        raise Invalid.field(
            "prepared_by", _("Name the organisation that prepares this entry.")
        )
    if prepared_by is None:
        return
    if not may_have_one:
        raise Invalid.field(
            "prepared_by",
            _("Only a local action group or a nominator prepares for another."),
        )
    is_group = prepared_by.kind == Organisation.Kind.ACTION_GROUP
    if entered_by == _By.ACTION_GROUP and not is_group:
        raise Invalid.field(
            "prepared_by",
            _("{organisation} is not a local action group in the register.").format(
                organisation=prepared_by.name
            ),
        )


def _require_prepared(current: Submission) -> None:
    if not current.is_prepared_by_others:
        raise Conflict(
            _("The organisation made this entry itself; there is nothing to confirm."),
            code="nothing_to_confirm",
        )
    if current.state == Submission.State.WITHDRAWN:
        raise Conflict(_("This entry was withdrawn; it can no longer be confirmed."))


def _keep(
    current: Submission,
    kind: Confirmation.Kind,
    *,
    by: User,
    names: tuple[str, str],
    reason: str = "",
    **more: Any,
) -> Confirmation:
    made: Any = Confirmation.objects.create(
        submission=current,
        kind=kind,
        working_version=current.version,
        signed_by=names[0],
        signed_role=names[1],
        reason=reason,
        by_id=by.pk,
        **more,
    )
    action = f"submissions.confirm{'_on_paper' if reason else ''}"
    record_entry(action, current, by=by, reason=reason, version=current.version)
    return made
