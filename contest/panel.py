"""The panel: who sits on it, as what, and until when. Services, apart from set-up.

Each locks the contest's row alone: scores that are being saved share it, so a removal
comes wholly before or after them, and two of these services one after the other.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import Invitation, invite
from audit.services import record
from contest.letters import INVITED_TO_PANEL
from contest.models import Auditor, Contest, Juror
from contest.notices import tell_invitation
from contest.phases import Phase
from contest.rulebook import read
from core import clock
from core.errors import Conflict, Invalid
from core.policy import require

_VOTES_ARE_FIXED = {Phase.JUDGING, Phase.DELIBERATION}


@transaction.atomic
def invite_juror(
    *,
    contest: Contest,
    email: str,
    name: str,
    role: str,
    by: User,
    groups: Collection[str] = (),
) -> tuple[Juror, Invitation]:
    """Add a person to the panel and give the code that lets them in.

    Who sits there already is invited again, in the seat that they have. ``groups`` are
    panels that the nominations of the rulebook name.
    """
    contest = _held(contest.pk)
    require(by, "contest.invite_juror", contest)
    _require_known_groups(contest, groups)
    invitation = invite(email=email, name=name, by=by)
    juror = contest.jurors.filter(person=invitation.person).first()
    if juror is None:
        _require_no_auditor(contest, invitation.person)
        _require_one_chair(contest, role)
        last = contest.jurors.order_by("-number").first()
        juror = Juror.objects.create(
            contest=contest,
            person=invitation.person,
            role=role,
            groups=sorted(set(groups)),
            number=last.number + 1 if last else 1,
        )
    else:
        juror = _seat(contest, juror.pk)
    _note_invitation(juror, by=by)
    return juror, invitation


@transaction.atomic
def invite_again(*, juror: Juror, by: User) -> tuple[Juror, Invitation]:
    """Give a new code for a seat, or the first one for a seat that was planned."""
    contest = _held(juror.contest_id)
    require(by, "contest.invite_juror", contest)
    juror = _seat(contest, juror.pk)
    _require_no_auditor(contest, juror.person)
    invitation = invite(email=juror.person.email, by=by)
    _note_invitation(juror, by=by)
    return juror, invitation


@transaction.atomic
def change_role(
    *,
    juror: Juror,
    role: str,
    reason: str,
    by: User,
    groups: Collection[str] | None = None,
) -> Juror:
    """Give a juror another role or other groups, with the reason.

    Once judging is open a vote is neither given nor taken this way: a substitute is
    activated, a juror removed, and then it is said what becomes of the scores. Groups
    say who is given what; what was assigned before stays. None leaves them as they are.
    """
    contest = _held(juror.contest_id)
    require(by, "contest.change_juror", contest)
    juror = _seat(contest, juror.pk)
    before, voted = juror.role, juror.votes
    _require_one_chair(contest, role, besides=juror)
    juror.role = role
    if role != before:
        juror.activated_at, juror.replaces = None, None
    if juror.votes != voted and _judging_has_begun(contest):
        raise Conflict(
            _(
                "Judging has begun: from {before} to {role} would give or take a vote."
                " Activate a substitute or remove the juror instead. Nothing was"
                " changed."
            ).format(before=before, role=role),
            code="votes_are_fixed",
        )
    if groups is not None:
        _regroup(juror, groups)
    juror.save(update_fields=["role", "activated_at", "replaces", "groups"])
    told = {"before": before, "role": role, "groups": juror.groups}
    _record("contest.change_juror", juror, reason, by=by, **told)
    return juror


@transaction.atomic
def activate_substitute(
    *, juror: Juror, reason: str, replaces: UUID | None, by: User
) -> Juror:
    """Let a substitute vote from now on, in the place of a removed juror or beside."""
    contest = _held(juror.contest_id)
    require(by, "contest.activate_substitute", contest)
    juror = _seat(contest, juror.pk)
    if juror.role != Juror.Role.SUBSTITUTE or juror.activated_at is not None:
        raise Conflict(
            _("{juror} is not a substitute who waits to be activated.").format(
                juror=juror.key
            ),
            code="not_a_waiting_substitute",
        )
    if juror.invited_at is None:
        raise Conflict(
            _("{juror} was not invited yet: invite this person first.").format(
                juror=juror.key
            ),
            code="not_invited",
        )
    if replaces is not None:
        juror.replaces = _removed_without_substitute(contest, replaces)
    juror.activated_at = clock.now()
    juror.save(update_fields=["activated_at", "replaces"])
    _record(
        "contest.activate_substitute",
        juror,
        reason,
        by=by,
        replaces=juror.replaces.key if juror.replaces else None,
    )
    return juror


@transaction.atomic
def remove_juror(*, juror: Juror, reason: str, exclude_scores: bool, by: User) -> Juror:
    """Take a person off the panel at once; say whether their sent scores count."""
    contest = _held(juror.contest_id)
    require(by, "contest.remove_juror", contest)
    juror = _seat(contest, juror.pk)
    juror.removed_at, juror.removed_reason = clock.now(), reason
    juror.scores_excluded = exclude_scores
    juror.save(update_fields=["removed_at", "removed_reason", "scores_excluded"])
    _record(
        "contest.remove_juror", juror, reason, by=by, scores_excluded=exclude_scores
    )
    return juror


@transaction.atomic
def restore_juror(*, juror: Juror, reason: str, by: User) -> Juror:
    """Give a removed juror the seat back, with the scores that were given there."""
    contest = _held(juror.contest_id)
    require(by, "contest.remove_juror", contest)
    juror = contest.jurors.select_related("person").get(pk=juror.pk)
    if juror.removed_at is None:
        raise Conflict(
            _("{juror} was not removed from the panel.").format(juror=juror.key),
            code="not_removed",
        )
    if Juror.objects.filter(replaces=juror, removed_at__isnull=True).exists():
        raise Conflict(
            _(
                "A substitute votes in the place of {juror}: remove the substitute"
                " first. Nothing was changed."
            ).format(juror=juror.key),
            code="replaced",
        )
    _require_no_auditor(contest, juror.person)
    _require_one_chair(contest, juror.role)
    juror.removed_at, juror.removed_reason = None, ""
    juror.scores_excluded = False
    juror.save(update_fields=["removed_at", "removed_reason", "scores_excluded"])
    _record("contest.restore_juror", juror, reason, by=by)
    return juror


def _held(contest_id: UUID) -> Contest:
    return Contest.objects.select_for_update(no_key=True).get(pk=contest_id)


def _seat(contest: Contest, juror_id: UUID) -> Juror:
    """Read a seat of this contest, once its row is held; a removed one is refused."""
    juror = contest.jurors.select_related("person", "replaces").get(pk=juror_id)
    if juror.removed_at is not None:
        raise Conflict(
            _("{juror} was removed from the panel; restore the seat first.").format(
                juror=juror.key
            ),
            code="juror_removed",
        )
    return juror


def _removed_without_substitute(contest: Contest, juror_id: UUID) -> Juror:
    removed = contest.jurors.filter(
        pk=juror_id, removed_at__isnull=False, replaced_by__isnull=True
    ).first()
    if removed is None:
        raise Invalid.field(
            "replaces",
            _(
                "There is no removed juror with this id whom nobody replaces. Leave it"
                " empty to add a vote."
            ),
            received=str(juror_id),
        )
    return removed


def _regroup(juror: Juror, groups: Collection[str]) -> None:
    """Put a juror into groups; one that the rules name no more may stay."""
    _require_known_groups(juror.contest, set(groups) - set(juror.groups))
    juror.groups = sorted(set(groups))


def _require_known_groups(contest: Contest, groups: Collection[str]) -> None:
    """Refuse a group that judges no nomination: nothing would ever come to it."""
    known = read(contest.rules_in_force.document).panels
    if unknown := sorted(set(groups) - set(known)):
        raise Invalid.field(
            "groups",
            _(
                "“{code}” is not a group of jurors that a nomination names; there are:"
                " {allowed}. Nothing was saved."
            ).format(code=unknown[0], allowed=", ".join(known) or "–"),
            received=list(groups),
        )


def _require_one_chair(
    contest: Contest, role: str, *, besides: Juror | None = None
) -> None:
    if role != Juror.Role.CHAIR:
        return
    chairs = contest.jurors.filter(role=role, removed_at__isnull=True)
    if besides is not None:
        chairs = chairs.exclude(pk=besides.pk)
    chair = chairs.first()
    if chair is not None:
        raise Conflict(
            _(
                "{juror} already chairs the panel: give that seat another role first."
                " Nothing was changed."
            ).format(juror=chair.key),
            code="chair_taken",
        )


def _require_no_auditor(contest: Contest, person: User) -> None:
    """Keep whoever reads scores as an auditor, or has read them, off the panel."""
    audits = Auditor.objects.all()
    if not _judging_has_begun(contest):
        audits = Auditor.objects.acting(clock.now())
    if audits.filter(contest=contest, person=person).exists():
        raise Conflict(
            _(
                "This person audits or has audited the edition and could see what the"
                " panel must not see before it decides; nobody may be both. Nothing"
                " was changed."
            ),
            code="is_auditor",
        )


def _judging_has_begun(contest: Contest) -> bool:
    return contest.state_at(clock.now()).phase in _VOTES_ARE_FIXED


def _note_invitation(juror: Juror, *, by: User) -> None:
    juror.invited_at = clock.now()
    juror.save(update_fields=["invited_at"])
    tell_invitation(INVITED_TO_PANEL, juror)
    _record("contest.invite_juror", juror, "", by=by)


def _record(
    action: str, juror: Juror, reason: str, *, by: User, **details: object
) -> None:
    record(
        action,
        juror,
        by=by,
        contest_id=juror.contest_id,
        label=juror.key,
        reason=reason,
        **details,
    )
