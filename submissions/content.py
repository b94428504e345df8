"""What an entry says: the fields that are frozen when it is sent. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from contest.answers import Question, is_empty, missing_answers

CONTACT_FIELDS = ("contact_name", "contact_email", "contact_phone")
CONTENT_FIELDS = (
    "title",
    "summary",
    "innovation",
    "success",
    "social_responsibility",
    "measure",
    "project_number",
    "contract_number",
    "total",
    "grant_awarded",
    "grant_paid",
    "started_on",
    "finished_on",
    "place",
    "municipality",
    "action_group",
    "links",
    "answers",
    "nominations",
    *CONTACT_FIELDS,
)
FILE_FIELDS = (
    "kind",
    "name",
    "content_type",
    "size",
    "sha256",
    "is_main",
    "caption",
    "author",
    "licence",
    "people_shown",
    "minors_shown",
    "consent",
    "consent_holder",
)


def freeze_files(attachments: Iterable[Any]) -> dict[str, Any]:
    """Take what is said of an entry's files, in their order; nothing if it has none."""
    files = [
        {"id": str(a.pk), **{field: getattr(a, field) for field in FILE_FIELDS}}
        for a in attachments
    ]
    return {"files": files} if files else {}


def freeze(entry: Any) -> dict[str, Any]:
    """Take an entry's content as JSON values: numbers and dates as text."""
    return {field: _plain(getattr(entry, field)) for field in CONTENT_FIELDS}


def missing(
    content: Mapping[str, Any],
    required: Iterable[str],
    questions: Iterable[Question],
) -> list[str]:
    """List what must still be filled in: field names, and ``answers.<code>``.

    Of the questions only those count that are asked of this entry.
    """
    return [
        *(field for field in required if is_empty(content.get(field))),
        *(f"answers.{code}" for code in missing_answers(questions, content)),
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value
