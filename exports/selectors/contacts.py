"""Personal contacts of entrants: a file of its own, asked for with a reason."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from contest.models import Contest
from core.localized import localized
from exports.selectors.entries import CONTACT_QUESTIONS, Column, in_words, state_label
from exports.selectors.sent import Sent
from exports.workbooks.styles import Style
from exports.workbooks.table import Heading
from organisations.models import Representative

Acting = Mapping[UUID, str]


def contact_columns(contest: Contest) -> list[Column]:
    """Whom to reach about each entry; names are never masked here."""
    acting = _representatives(contest)
    columns: list[tuple[str, str, float, Callable[[Sent], str]]] = [
        ("reference", _("Reference"), 13, lambda e: e.reference),
        ("state", _("State"), 13, lambda e: state_label(e.state)),
        ("title", _("Title"), 40, lambda e: e.text("title")),
        ("organisation", _("Organisation"), 30, lambda e: e.organisation_name),
        ("code", _("Organisation code"), 14, lambda e: e.organisation_code),
        ("contact_name", _("Contact person"), 24, lambda e: e.text("contact_name")),
        ("contact_email", _("E-mail"), 30, lambda e: e.text("contact_email")),
        ("contact_phone", _("Telephone"), 18, lambda e: e.text("contact_phone")),
        (
            *("organisation_email", _("E-mail of the organisation"), 30),
            lambda e: e.organisation_email,
        ),
        (
            *("organisation_phone", _("Telephone of the organisation"), 18),
            lambda e: e.organisation_phone,
        ),
        ("address", _("Address"), 34, lambda e: e.organisation_address),
        (
            *("representatives", _("Who acts for it"), 44),
            lambda e: acting.get(e.organisation_id, ""),
        ),
        ("signed_by", _("Signed by"), 24, lambda e: e.signed_by),
        ("signed_role", _("Role of the signer"), 20, lambda e: e.signed_role),
        *_answers(contest),
    ]
    return [
        (Heading(key, title, width, Style.TEXT), value)
        for key, title, width, value in columns
    ]


def _answers(
    contest: Contest,
) -> list[tuple[str, str, float, Callable[[Sent], str]]]:
    def answer(code: str) -> Callable[[Sent], str]:
        return lambda e: in_words((e.document.get("answers") or {}).get(code))

    return [
        (
            f"answers.{question['code']}",
            localized(question["title"], fallback=contest.fallback_language),
            30,
            answer(question["code"]),
        )
        for question in contest.rules_in_force.document["questions"]
        if question["kind"] in CONTACT_QUESTIONS
    ]


def _representatives(contest: Contest) -> Acting:
    """Who acts for each organisation: "Ona Onaitė <ona@…>", one a line."""
    rows = (
        Representative.objects.acting()
        .filter(organisation__submissions__contest=contest)
        .order_by("started_at", "pk")
        .values_list("organisation_id", "person__name", "person__email")
        .distinct()
    )
    found: dict[UUID, list[str]] = {}
    for organisation, name, email in rows:
        line = f"{name} <{email}>".strip()
        people = found.setdefault(organisation, [])
        if line not in people:
            people.append(line)
    return {organisation: "\n".join(people) for organisation, people in found.items()}
