"""What a juror signs, and more time for one juror. Services."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest, Coordinator, Juror
from core import clock
from core.errors import Conflict, Invalid, NotYours
from core.policy import require
from submissions.models import ImpartialityDeclaration, JurorExtension
from submissions.notices import tell_juror

DECLARATION_VERSION = "1"
DECLARATION = gettext_noop(
    "I will judge the entries impartially, by the contest's criteria and rules only. I"
    " will declare every conflict of interest as soon as I know of it and will not"
    " judge an entry in which I, somebody close to me or an organisation that I belong"
    " to has an interest. I will tell nobody what I learn of the entries, of my scores"
    " and of those of others, and will use personal data for judging only."
)


class DeclarationText(NamedTuple):
    """What a juror is asked to sign, in the reader's language."""

    version: str
    language: str
    text: str


def declaration_text() -> DeclarationText:
    """Show the declaration of impartiality and confidentiality."""
    language = get_language() or ""
    return DeclarationText(DECLARATION_VERSION, language, _(DECLARATION))


def declaration_of(contest: Contest, person: User) -> ImpartialityDeclaration | None:
    """Find what a juror has signed of the present text."""
    return ImpartialityDeclaration.objects.filter(
        juror__contest=contest, juror__person=person, text_version=DECLARATION_VERSION
    ).first()


@transaction.atomic
def sign_declaration(
    *, contest: Contest, signed_by: str, text_version: str, by: User
) -> ImpartialityDeclaration:
    """Sign the declaration with one's name; signing again changes nothing."""
    require(by, "submissions.sign_declaration", contest)
    shown = declaration_text()
    if text_version != shown.version:
        raise Conflict(
            _(
                "The text of the declaration is now version {version}. Read it and sign"
                " that one."
            ).format(version=shown.version),
            code="text_changed",
        )
    juror = Juror.objects.acting().with_seat().get(contest=contest, person=by)
    signed, is_new = ImpartialityDeclaration.objects.get_or_create(
        juror=juror,
        text_version=shown.version,
        defaults={
            "signed_by": signed_by,
            "role": juror.seat,
            "language": shown.language,
        },
    )
    if is_new:
        record(
            "submissions.sign_declaration",
            signed,
            by=by,
            contest_id=contest.pk,
            label=signed.juror.key,
            text_version=shown.version,
        )
    return signed


@transaction.atomic
def extend_juror(
    *, juror: Juror, until: datetime, reason: str, by: User
) -> JurorExtension:
    """Let one juror save and send after judging was closed, until a time.

    Until then the ranking is an interim one. Of several the last one told stands, so
    an extension is shortened by another. It ends with the publication.
    """
    contest = Contest.objects.select_for_update(no_key=True).get(pk=juror.contest_id)
    require(by, "submissions.extend_juror", contest)
    if until <= clock.database_now():
        raise Invalid.field(
            "until",
            _("The new time must be in the future."),
            received=until.isoformat(),
        )
    if not Juror.objects.voting().filter(pk=juror.pk).exists():
        raise NotYours(_("The contest has no such juror with a vote on its panel."))
    if Coordinator.objects.filter(contest=contest, person=juror.person_id).exists():
        raise Conflict(
            _(
                "This juror also coordinates the contest and sees everybody's scores"
                " once judging is closed. Reopen judging for all instead."
            ),
            code="juror_coordinates",
        )
    extension = JurorExtension.objects.create(
        juror=juror, until=until, reason=reason, at=clock.database_now(), by_id=by.pk
    )
    tell_juror(extension, contest)
    record(
        "submissions.extend_juror",
        extension,
        by=by,
        contest_id=contest.pk,
        label=juror.key,
        reason=reason,
        until=until.isoformat(),
    )
    return extension
