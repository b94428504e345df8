"""What auditors read goes into the record: one row for each request."""

from uuid import UUID

from django.db.models import Model

from audit.services import record
from contest.models import Auditor
from core import clock
from core.policy import Reading, limit_of

READ = "contest.read_by_auditor"


def note_reading(reading: Reading) -> None:
    """Record what was read by somebody whom only an audit let in."""
    if reading.obj is None:
        _note_list(reading)
        return
    obj = reading.obj
    thing = obj if isinstance(obj, Model) else obj.contest
    _note(reading, thing, contest_id=reading.contest)


def _note_list(reading: Reading) -> None:
    audits = Auditor.objects.acting(clock.now()).filter(person=reading.user)
    if (limit := limit_of(reading.user)) is not None:
        audits = audits.filter(contest=limit)
    for auditor in audits.select_related("contest"):
        _note(reading, auditor.contest, contest_id=auditor.contest_id)


def _note(reading: Reading, thing: Model, *, contest_id: UUID | None) -> None:
    record(
        READ,
        thing,
        by=reading.user,
        contest_id=contest_id,
        label=getattr(thing, "slug", "") or getattr(thing, "label", "") or str(thing),
        route=reading.route,
        asked=reading.action,
    )
