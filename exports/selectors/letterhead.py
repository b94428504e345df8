"""Which contest a file is about, as its letterhead says it."""

from typing import Any
from zoneinfo import ZoneInfo

from contest.models import Contest
from core import clock
from core.localized import localized
from exports.models import Export
from scoring.selectors import is_interim


def letterhead(contest: Contest, export: Export) -> dict[str, Any]:
    """Read what a ``Letterhead`` needs; the contest comes ``with_course``."""
    fallback = contest.fallback_language
    organiser = contest.series.organiser
    is_ranking = export.kind == Export.Kind.RANKING
    return {
        "contest": localized(contest.title, fallback=fallback),
        "reference": contest.slug,
        "edition": contest.edition,
        "organiser": localized(organiser.name, fallback=fallback),
        "organiser_phone": organiser.phone,
        "organiser_email": organiser.email,
        "language": export.language,
        "generated_at": clock.now().astimezone(ZoneInfo(contest.time_zone)),
        "requested_by": export.requested_by.name or str(export.requested_by_id),
        "interim": is_ranking and is_interim(contest),
        "sample_note": localized(contest.sample_note, fallback=fallback),
        "rulebook_version": str(contest.rules_in_force.number),
    }
