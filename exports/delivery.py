"""A finished file on its way to a browser."""

from typing import IO
from zoneinfo import ZoneInfo

from django.http import FileResponse
from django.utils import translation
from django.utils.translation import gettext as _

from core import delivery
from exports.models import Export

_CONTENT_TYPES = {
    "xlsx": delivery.XLSX,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}


def as_attachment(export: Export, content: IO[bytes]) -> FileResponse:
    """Hand a file of an export out under a name that tells what it is."""
    return delivery.as_attachment(
        content,
        name=_name_of(export),
        content_type=_CONTENT_TYPES[export.file_format],
        sha256=export.job.file_sha256,
    )


def _name_of(export: Export) -> str:
    """Which contest, what, read when, by which rules; two files never share a name."""
    contest = export.contest
    at = (export.read_at or export.created_at).astimezone(ZoneInfo(contest.time_zone))
    parts = [contest.slug, export.kind, f"{at:%Y%m%d-%H%M%S}"]
    if export.only:
        parts.append(f"{len(export.only)}")
    if export.rulebook_version is not None:
        parts.append(f"v{export.rulebook_version}")
    if export.is_interim:
        with translation.override(export.language):
            parts.append(_("INTERIM"))
    parts.append(str(export.pk)[:8])
    return f"{'-'.join(parts)}.{export.file_format}"
