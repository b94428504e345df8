"""The pages of the entry form: which fields and questions stand on which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from contest.answers import is_empty
from contest.rulebook import Rulebook
from core.localized import localized
from submissions.comparing import flat
from submissions.content import CONTACT_FIELDS, SHARE_FIELDS, freeze
from submissions.labels import FIELD_LABELS, GROUP_LABELS
from submissions.models import Submission

ANSWER = "answers."


@dataclass(frozen=True, slots=True)
class Part:
    """One page: fixed fields, and the edition's own questions of a group."""

    code: str
    title: Any
    fields: tuple[str, ...]
    group: str

    def questions(self, rules: Rulebook) -> list[Mapping[str, Any]]:
        """List the edition's own questions that stand here."""
        return [q for q in rules.questions if q["group"] == self.group]

    def names(self, rules: Rulebook) -> list[str]:
        """Name everything that stands here by this rulebook."""
        fields = [
            f for f in self.fields if f != "nominations" or rules.chosen_nominations
        ]
        return fields + [f"{ANSWER}{q['code']}" for q in self.questions(rules)]


PARTS = (
    Part("contact", GROUP_LABELS["contact"], CONTACT_FIELDS, "organisation"),
    Part(
        "project",
        GROUP_LABELS["project"],
        (
            *("title", "summary", "nominations"),
            *("measure", "project_number", "contract_number"),
            *("municipality", "eldership", "place", "action_group"),
            *("partners", "links"),
        ),
        "project",
    ),
    Part(
        "money",
        GROUP_LABELS["money"],
        (
            *("started_on", "finished_on"),
            *("total", "grant_awarded", "grant_paid", "with_vat"),
            *SHARE_FIELDS,
        ),
        "money",
    ),
    Part(
        "statements",
        GROUP_LABELS["statements"],
        ("innovation", "success", "social_responsibility"),
        "statements",
    ),
    Part("questions", _("Questions of this contest"), (), "other"),
)


def parts_of(rules: Rulebook) -> list[Part]:
    """List the pages that have something to ask."""
    return [part for part in PARTS if part.names(rules)]


def is_untouched(part: Part, entry: Submission, rules: Rulebook) -> bool:
    """Tell whether nothing was written on a page of the form."""
    given = flat(freeze(entry))
    return all(is_empty(given.get(name)) for name in part.names(rules))


def part_with(name: str, rules: Rulebook) -> Part | None:
    """Find the page on which a field stands."""
    return next((part for part in PARTS if name in part.names(rules)), None)


def label_of(name: str, rules: Rulebook) -> str:
    """Call a field or a question by its words."""
    if name in FIELD_LABELS:
        return str(FIELD_LABELS[name])
    code = name.removeprefix(ANSWER)
    titles = (q["title"] for q in rules.questions if q["code"] == code)
    return next(map(localized, titles), "") or code


def labels_of(names: Iterable[str], rules: Rulebook) -> str:
    """Enumerate fields by their words."""
    return ", ".join(f"„{label_of(name, rules)}“" for name in names)
