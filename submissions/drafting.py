"""Saving what was typed on a page of an entry: all that can be, nothing else. Services.

The rules are those of ``services.change_submission``; this is how a page asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import FieldError, Invalid, Stale
from submissions.comparing import compare, flat, nested
from submissions.content import freeze
from submissions.models import Submission
from submissions.services import change_submission

_TRIES = 5  # that others may be faster


@dataclass(slots=True)
class Saved:
    """The entry as it stands now; what was not saved, and why."""

    entry: Submission
    changed: list[str] = field(default_factory=list)
    collided: list[str] = field(default_factory=list)
    refused: list[FieldError] = field(default_factory=list)


def save_typed(
    *,
    submission: Submission,
    typed: Mapping[str, Any],
    before: Mapping[str, str],
    by: User,
    device: str = "",
) -> Saved:
    """Save the fields that were touched here and nowhere else meanwhile.

    ``typed`` are values by name (``answers.<code>``), ``before`` the marks of those the
    page was filled with. A field that is refused costs the others nothing.
    """
    left, saved = dict(typed), Saved(submission)
    for _attempt in range(_TRIES):
        found = compare(before, flat(freeze(saved.entry)), left)
        saved.collided = found.collided
        if not found.changed:
            return saved
        values = {name: left[name] for name in found.changed}
        try:
            saved.entry = _save(saved.entry, values, by, device)
        except Stale:
            saved.entry = _again(saved.entry)
        except Invalid as refusal:
            refused = [e for e in refusal.errors if e.field in left]
            if not refused:
                raise
            saved.refused += refused
            for error in refused:
                left.pop(error.field, None)
        else:
            saved.changed = found.changed
            return saved
    raise Stale(
        _(
            "Several people save this entry at this moment. Nothing of yours was saved;"
            " save again."
        )
    )


def _save(
    entry: Submission, values: Mapping[str, Any], by: User, device: str
) -> Submission:
    fields = nested(values, entry.answers)
    version = entry.version
    return change_submission(
        submission=entry, expected_version=version, by=by, device=device, **fields
    )


def _again(entry: Submission) -> Submission:
    related = "contest__rulebook", "organisation", "current_version__rulebook"
    return Submission.objects.select_related(*related).get(pk=entry.pk)
