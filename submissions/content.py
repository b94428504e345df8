"""What an entry says: the fields that are frozen when it is sent. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from contest.answers import Question, is_empty, missing_answers

CONTACT_FIELDS = ("contact_name", "contact_email", "contact_phone")
SHARE_FIELDS = (
    "share_eu",
    "share_state",
    "share_municipality",
    "share_partners",
    "share_own",
    "share_in_kind",
)
MONEY_FIELDS = ("total", "grant_awarded", "grant_paid", *SHARE_FIELDS)
CONTENT_FIELDS = (
    "title",
    "summary",
    "innovation",
    "success",
    "social_responsibility",
    "measure",
    "project_number",
    "contract_number",
    *MONEY_FIELDS,
    "with_vat",
    "started_on",
    "finished_on",
    "place",
    "eldership",
    "municipality",
    "action_group",
    "partners",
    "links",
    "answers",
    "nominations",
    *CONTACT_FIELDS,
)
PEOPLE_FIELDS = ("people_shown", "minors_shown", "consent", "consent_holder")
FILE_FIELDS = (
    "kind",
    "question",
    "name",
    "content_type",
    "size",
    "sha256",
    "is_main",
    "caption",
    "author",
    "licence",
    *PEOPLE_FIELDS,
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
    content = {field: plain(getattr(entry, field)) for field in CONTENT_FIELDS}
    return {**content, "currency": entry.currency}


def corrected(
    sent: Mapping[str, Any], working: Mapping[str, Any], fields: Iterable[str]
) -> dict[str, Any]:
    """Take what was sent, with only the named fields as they are in the working copy.

    ``fields`` are names of fields and ``answers.<code>``; none named means all.
    """
    named = list(fields)
    if not named:
        return dict(working)
    result = {**sent, "answers": dict(sent["answers"])}
    for name in named:
        field, _dot, code = name.partition(".")
        if not code:
            result.update({field: working[field]} if field in working else {})
        elif code in working["answers"]:
            result["answers"][code] = working["answers"][code]
        else:
            result["answers"].pop(code, None)
    return result


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Name what differs: fields, and ``answers.<code>``."""
    old, new = before.get("answers") or {}, after.get("answers") or {}
    fields = [
        field
        for field in CONTENT_FIELDS
        if field != "answers" and before.get(field) != after.get(field)
    ]
    return fields + [
        f"answers.{code}"
        for code in sorted({*old, *new})
        if old.get(code) != new.get(code)
    ]


def percent_complete(missing_count: int, asked_count: int) -> int:
    """Tell how much of what is asked for is there; 100 where nothing is asked."""
    if asked_count <= 0:
        return 100
    return max(0, 100 * (asked_count - missing_count) // asked_count)


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


def plain(value: Any) -> Any:
    """Write a value as it is frozen: numbers and dates as text."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value
