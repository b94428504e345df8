"""Consents given or taken back after an entry was sent. Services."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import Conflict, Invalid
from core.policy import require
from organisations.models import Claim, Representative
from submissions import consents
from submissions.content import PEOPLE_FIELDS
from submissions.locks import locked
from submissions.models import Attachment, ConsentChange, Submission
from submissions.trail import record_entry


@transaction.atomic
def change_publication_consent(
    *, submission: Submission, given: bool, signed_by: str, signed_role: str, by: User
) -> Submission:
    """Give the consent to publish the entry, or take it back; both are kept."""
    current = locked(submission)
    require(by, "submissions.change_consent", current)
    if current.current_version is None:
        raise Conflict(
            _("The consents are given when the entry is sent; it was not sent yet."),
            code="not_sent",
        )
    if current.publication_allowed != given:
        _keep(
            current,
            consents.PUBLICATION,
            given=given,
            signature=(signed_by, signed_role),
            by=by,
        )
        current.publication_allowed = given
        current.save(update_fields=["publication_allowed"])
        record_entry(
            "submissions.change_consent",
            current,
            by=by,
            consent=consents.PUBLICATION,
            given=given,
            texts_version=consents.TEXTS_VERSION,
        )
    return current


@transaction.atomic
def declare_photo(
    *,
    attachment: Attachment,
    signed_by: str,
    signed_role: str,
    by: User,
    **said: Any,
) -> Attachment:
    """Say of a photo that was sent what was not said: who is seen, and agreed.

    ``said`` are all of ``PEOPLE_FIELDS``. What was sent and the entry's version stay as
    they are; the photo may be published from now on, if what is said lets it.
    """
    submission = locked(attachment.submission)
    files = Attachment.objects.select_related("submission__contest")
    current = files.get(pk=attachment.pk)
    require(by, "submissions.declare_photo", current)
    _require_declarable(current)
    _declare(current, said)
    _keep(
        submission,
        consents.PHOTO,
        given=current.may_be_shown,
        signature=(signed_by, signed_role),
        by=by,
        attachment=current,
    )
    record_entry(
        "submissions.declare_photo",
        submission,
        by=by,
        attachment=str(current.pk),
        people_shown=current.people_shown,
        consent=current.consent,
        texts_version=consents.TEXTS_VERSION,
    )
    return current


def record_photo_consent(attachment: Attachment, *, by: User) -> None:
    """Keep who said of a photo that the people shown agree, or that they do not.

    Part of the service that changes it; the name and role are those by which the
    person acts for the organisation.
    """
    _keep(
        attachment.submission,
        consents.PHOTO,
        given=attachment.consent,
        signature=_signature(attachment.submission, by),
        by=by,
        attachment=attachment,
    )


def settle_people(attachment: Attachment) -> None:
    """Conclude from what is said of the people what is left unsaid; part of a change.

    ``Invalid`` where they agreed and nobody is named who did, or who keeps it.
    """
    says_so = attachment.consent and attachment.people_shown is None
    if attachment.minors_shown or says_so:
        attachment.people_shown = True
    if attachment.consent and not attachment.consent_holder:
        raise Invalid.field(
            "consent_holder", _("Say who agreed, or who keeps the signed consents.")
        )


def _declare(photo: Attachment, said: dict[str, Any]) -> None:
    for field in PEOPLE_FIELDS:
        setattr(photo, field, said[field])
    settle_people(photo)
    photo.declared_at = clock.now()
    photo.version += 1
    photo.save()


def _require_declarable(photo: Attachment) -> None:
    if not Attachment.objects.entered().filter(pk=photo.pk).exists():
        raise Conflict(_("This photo is not in what was sent. Nothing was changed."))
    if photo.consent_withdrawn_at is not None:
        raise Conflict(
            _(
                "Somebody shown in this photo took the consent back, so it stays"
                " unpublished. Nothing was changed."
            ),
            code="consent_withdrawn",
        )
    if not photo.is_declarable:
        raise Conflict(
            _("It is said of this photo already. Nothing was changed."),
            code="declared_already",
        )


def _keep(
    submission: Submission,
    consent: str,
    *,
    given: bool,
    signature: tuple[str, str],
    by: User,
    attachment: Attachment | None = None,
) -> None:
    ConsentChange.objects.create(
        submission=submission,
        attachment=attachment,
        consent=consent,
        given=given,
        texts_version=consents.TEXTS_VERSION,
        language=get_language() or "",
        signed_by=signature[0],
        signed_role=signature[1],
        by_id=by.pk,
    )


def _signature(submission: Submission, by: User) -> tuple[str, str]:
    """Take the name and role of who acts for the entry, or else for the organiser."""
    concerned = [submission.organisation_id, submission.prepared_by_id]
    acting = Representative.objects.acting().filter(
        person=by, organisation__in=[pk for pk in concerned if pk]
    )
    asking = Claim.objects.pending().of(by).filter(organisation=concerned[0])
    link = acting.first() or asking.first()
    if link is None:
        return by.name, _("for the organiser")
    return link.name or by.name, link.role
