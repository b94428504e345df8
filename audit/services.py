"""The one way to add to the record."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from audit.models import Event

_SYSTEM = "system"


def record(
    action: str,
    subject: Model,
    *,
    by: Any,
    contest_id: UUID | None = None,
    label: str = "",
    reason: str = "",
    **details: Any,
) -> None:
    """Add one row, in the caller's transaction: no act without its record.

    ``by`` is a person or None for the house itself; ``details`` are JSON values and
    hold no free text of entrants, no scores of others and no secrets.
    """
    _event(
        action,
        subject,
        by=by,
        contest_id=contest_id,
        label=label,
        reason=reason,
        details=details,
    ).save(force_insert=True)


def record_each(
    action: str, subjects: Iterable[tuple[Model, str]], *, by: Any, contest_id: UUID
) -> None:
    """Add a row for each subject, given with its label, in one statement."""
    Event.objects.bulk_create(
        _event(action, subject, by=by, contest_id=contest_id, label=label)
        for subject, label in subjects
    )


def _event(action: str, subject: Model, *, by: Any, label: str, **more: Any) -> Event:
    return Event(
        action=action,
        actor_id=getattr(by, "pk", None),
        actor_label=_SYSTEM if by is None else str(by),
        subject_type=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented name of a model
        subject_id=str(subject.pk),
        subject_label=(label or str(subject))[:300],
        **more,
    )
