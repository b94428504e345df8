"""Consents given or taken back after an entry was sent. Services."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Conflict
from core.policy import require
from submissions import consents
from submissions.locks import locked
from submissions.models import ConsentChange, Submission
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
        ConsentChange.objects.create(
            submission=current,
            consent=consents.PUBLICATION,
            given=given,
            texts_version=consents.TEXTS_VERSION,
            language=get_language() or "",
            signed_by=signed_by,
            signed_role=signed_role,
            by_id=by.pk,
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
