"""What generated organisations write and generated jurors give: of nobody.

Everything that a rulebook may ask for is filled, so that what is refused is refused for
what a rehearsal is meant to find: a limit, a quota, a file that must be there.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from contest.answers import FILE, Question
from contest.rulebook import Criterion, Rulebook
from contest.scale import plain

#: A page without a word: what answers a question that asks for a file.
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
_LINK = "https://example.org/"
_PHONE = "+370 600 00000"
_STARTED, _FINISHED = date(2023, 3, 1), date(2024, 5, 31)
_TOTAL = Decimal("20000.00")
_SHARES = {
    "share_eu": Decimal("13600.00"),
    "share_state": Decimal("2400.00"),
    "share_municipality": Decimal("1000.00"),
    "share_partners": Decimal("1000.00"),
    "share_own": Decimal("1000.00"),
    "share_in_kind": Decimal("1000.00"),
}
_MIDDLE, _WIDTH = 0.65, 0.2  # where on its scale a score lies, and how far around


def entry_fields(
    number: int, rules: Rulebook, *, municipality: str, email: str
) -> dict[str, Any]:
    """Fill in an entry as the edition's form asks."""
    text = _("Generated for a rehearsal: nothing here is real.")
    texts = {
        "title": _("Rehearsal project No. {number}").format(number=number),
        "measure": "LEADER-19.2-SAVA-1",
        "project_number": f"REPE-LEADER-6B-K-1-{number}-2023",
        "contract_number": f"R-{number}",
        "place": _("Rehearsal village"),
        "eldership": _("Rehearsal village"),
        "action_group": _("Rehearsal action group"),
        **dict.fromkeys(("summary", "innovation", "success"), text),
        **dict.fromkeys(("social_responsibility", "partners"), text),
    }
    chosen = rules.chosen_nominations
    written = (q for q in rules.questions if q["kind"] != FILE)
    return {
        **{
            name: _cut(value, rules.field_limits.get(name))
            for name, value in texts.items()
        },
        **_SHARES,
        "total": _TOTAL,
        "grant_awarded": _SHARES["share_eu"] + _SHARES["share_state"],
        "grant_paid": _SHARES["share_eu"] + _SHARES["share_state"],
        "with_vat": True,
        "started_on": _STARTED,
        "finished_on": _FINISHED,
        "municipality": municipality,
        "links": [_LINK],
        "nominations": [chosen[number % len(chosen)]] if chosen else [],
        "answers": {q["code"]: answer_to(q, number) for q in written},
        "contact_name": _("Rehearsal contact"),
        "contact_email": email,
        "contact_phone": _PHONE,
    }


def answer_to(question: Question, number: int) -> Any:
    """Answer a question of any kind within its limits."""
    codes = [choice["code"] for choice in question["choices"]]
    least = question["minimum"] or question["maximum"]
    answers: Mapping[str, Any] = {
        "yes_no": bool(number % 2),
        "choice": codes[number % len(codes)] if codes else "",
        "choices": codes[: question["min_choices"] or 1],
        "date": least or _FINISHED.isoformat(),
        "link": _LINK,
        "email": "repeticija@example.org",
        "phone": _PHONE,
        **dict.fromkeys(("whole_number", "number", "money"), least or "1"),
    }
    written = _cut(_("Generated answer"), question["max_length"])
    return answers.get(question["kind"], written)


def value_for(criterion: Criterion, chance: Random) -> Decimal:
    """Draw a value on the criterion's scale."""
    scale = criterion.scale
    share = min(1.0, max(0.0, chance.gauss(_MIDDLE, _WIDTH)))
    return Decimal(plain(scale.value(round(share * scale.steps))))


def _cut(text: str, limit: int | None) -> str:
    return text if limit is None else text[:limit]
