"""The columns of the coordinator's list of entries: which there are, what they show."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from contest.rulebook import Rulebook
from core.collation import sort_key
from core.localized import localized, localized_money
from core.templatetags.pages import local_short
from organisations.countries import country
from submissions.models import Assignment, Attachment


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be shown; ``order`` is the key by which it sorts."""

    code: str
    label: Any
    cell: Callable[[Any, Rulebook], Any]
    order: str = ""
    is_number: bool = False


def _sent(field):
    return lambda entry, _rules: _document(entry).get(field) or ""


def _document(entry):
    return entry.sent_document if entry.current_version else {}


def _municipality(entry, _rules):
    return entry.organisation.municipality_name


def municipalities(places):
    """Pairs of code and name, by name, for pairs of country and code."""
    named = {}
    for land, code in places:
        named[code] = country(land).place_name(code) or code
    return sorted(named.items(), key=lambda each: sort_key(each[1]))


def _nominations(entry, rules):
    titles = {n.code: localized(n.title) for n in rules.nominations}
    chosen = _document(entry).get("nominations") or ()
    return ", ".join(titles.get(code, code) for code in chosen)


def _amount(field):
    def cell(entry, _rules):
        amount = _document(entry).get(field)
        currency = entry.contest.currency
        return localized_money(Decimal(amount), currency) if amount else ""

    return cell


def _submitted(entry, _rules):
    return local_short(entry.submitted_at, entry.contest.time_zone)


def _checked(entry, rules):
    """How many requirements are met, of how many."""
    met = [code for code in rules.requirements if entry.checks.get(code)]
    return f"{len(met)}/{len(rules.requirements)}"


COLUMNS = (
    Column(
        "organisation",
        _("Organisation"),
        lambda entry, _rules: entry.organisation.name,
        order="organisation",
    ),
    Column("municipality", _("Municipality"), _municipality, order="municipality"),
    Column("action_group", _("Action group"), _sent("action_group")),
    Column("nominations", _("Nominations"), _nominations),
    Column("total", _("Total value"), _amount("total"), is_number=True),
    Column("grant_paid", _("Grant paid"), _amount("grant_paid"), is_number=True),
    Column("checked", _("Checklist"), _checked, is_number=True),
    Column("files", _("Files"), lambda entry, _rules: entry.files, is_number=True),
    Column("jurors", _("Jurors"), lambda entry, _rules: entry.jurors, is_number=True),
    Column(
        "entered_by",
        _("Entered by"),
        lambda entry, _rules: entry.get_entered_by_display(),
    ),
    Column("submitted", _("Sent at"), _submitted, order="submitted"),
)
BY_CODE = {column.code: column for column in COLUMNS}
FIRST_SHOWN = ("organisation", "municipality", "checked", "jurors", "submitted")
# How the list is ordered, by the word of the address; ``-`` before it turns it round.
ORDERS = {
    "reference": "reference",
    "organisation": "organisation__name_sort",
    "municipality": "organisation__municipality",
    "submitted": "submitted_at",
    "state": "state",
}


def with_counts(entries, codes):
    """Count what the columns show of other tables, only where they are shown."""
    if "files" in codes:
        files = Attachment.objects.filter(submission=OuterRef("pk")).entered()
        entries = entries.annotate(files=_count(files))
    if "jurors" in codes:
        pairs = Assignment.objects.assigned().without_conflict()
        entries = entries.annotate(
            jurors=_count(pairs.filter(submission=OuterRef("pk")))
        )
    return entries


def _count(rows):
    counted = rows.order_by().values("submission").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def shown(codes):
    """The columns of these codes, in their order; the usual ones where none is told."""
    wanted = FIRST_SHOWN if codes is None else codes
    return [column for column in COLUMNS if column.code in wanted]
