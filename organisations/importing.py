"""Rows of a file into the register, many at a time. Who may is asked by the caller."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from accounts.models import User
from organisations import history
from organisations.countries import country
from organisations.imports.columns import Table
from organisations.imports.planning import (
    Known,
    Line,
    Outcome,
    PlaceKey,
    Plan,
    Register,
    make_plan,
    place_key,
)
from organisations.models import Change, Organisation

#: What a file may say of an organisation; the county follows from the municipality.
FIELDS = (
    "name",
    "code",
    "kind",
    "legal_form",
    "municipality",
    "eldership",
    "action_group",
    "address",
    "email",
    "phone",
    "website",
)
_BATCH = 500  # rows of one query
_DERIVED = ("name_search", "name_sort", "name_key", "former_names", "search_also")

T = TypeVar("T")


def planned(lines: Sequence[Line], table: Table, country_code: str) -> Plan:
    """Compare the file with the register as it is now; two queries a batch."""
    return make_plan(lines, _met_by(lines, country_code), table, country(country_code))


def planned_and_held(lines: Sequence[Line], table: Table, country_code: str) -> Plan:
    """Plan with what it changes locked until the caller's transaction ends.

    The lock is taken first and in one order, then the register is read again: what
    somebody saved in between is seen. What appears between the two is met by the next
    round; in the end nothing is changed that is not held.
    """
    held: set[UUID] = set()
    while True:
        plan = planned(lines, table, country_code)
        wanted = {d.pk for d in plan.decisions if d.pk is not None}
        if wanted <= held:
            return plan
        _lock(wanted | held)
        held |= wanted


def write(plan: Plan, *, country_code: str, by: User, reason: str) -> None:
    """Write what is new and what changed, in the caller's transaction.

    Raises ``IntegrityError`` when somebody added one of the codes in this moment.
    """
    with transaction.atomic():
        for decisions in _batches(
            [d for d in plan.decisions if d.outcome == Outcome.NEW]
        ):
            _add([d.values for d in decisions], country_code, by, reason)
        for decisions in _batches(
            [d for d in plan.decisions if d.outcome == Outcome.CHANGED]
        ):
            _change({d.pk: d.values for d in decisions if d.pk}, by, reason)


def values_of(organisation: Organisation) -> dict[str, str]:
    """Take what of an organisation a file may speak of."""
    return {name: getattr(organisation, name) for name in FIELDS}


def _met_by(lines: Sequence[Line], country_code: str) -> Register:
    """Find the organisations whose codes or names stand in the file."""
    pack = country(country_code)
    named = [line.values for line in lines if "name" in line.values]
    codes = sorted({v["code"] for v in named if v.get("code")})
    keys = sorted({place_key(values, pack)[0] for values in named})
    known = Organisation.objects.filter(country=country_code)
    found = chain(
        *(known.filter(code__in=some) for some in _batches(codes)),
        *(known.standing().filter(name_key__in=some) for some in _batches(keys)),
    )
    by_code: dict[str, Known] = {}
    by_place: dict[PlaceKey, list[Known]] = {}
    merged: dict[str, UUID] = {}
    for organisation in {o.pk: o for o in found}.values():
        values = values_of(organisation)
        if organisation.merged_into_id is not None:
            merged[organisation.code] = organisation.merged_into_id
            continue
        one = Known(organisation.pk, values)
        if organisation.code:
            by_code[organisation.code] = one
        by_place.setdefault(
            (organisation.name_key, organisation.municipality), []
        ).append(one)
    return Register(by_code, by_place, _names(merged))


def _names(merged: Mapping[str, UUID]) -> dict[str, str]:
    names = dict(
        Organisation.objects.filter(pk__in=merged.values()).values_list("pk", "name")
    )
    return {code: names[pk] for code, pk in merged.items()}


def _lock(pks: set[UUID]) -> None:
    for some in _batches(sorted(pks)):
        held = Organisation.objects.select_for_update().filter(pk__in=some)
        list(held.order_by("pk").values_list("pk"))


def _add(
    rows: Sequence[Mapping[str, str]], country_code: str, by: User, reason: str
) -> None:
    made = []
    for values in rows:
        organisation = Organisation(country=country_code)
        _set(organisation, values)
        made.append(organisation)
    Organisation.objects.bulk_create(made)
    _keep(Change.Kind.ADDED, [(o, {}) for o in made], by, reason)


def _change(rows: Mapping[UUID, Mapping[str, str]], by: User, reason: str) -> None:
    kept = []
    for organisation in Organisation.objects.filter(pk__in=rows):
        before = history.values_of(organisation)
        _set(organisation, rows[organisation.pk])
        organisation.version += 1
        kept.append((organisation, before))
    # An insert that meets each row by its key: one statement, where bulk_update would
    # write a CASE of a branch a row for each column.
    Organisation.objects.bulk_create(
        [organisation for organisation, _before in kept],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*FIELDS, *_DERIVED, "code_state", "version"],
    )
    _keep(Change.Kind.CHANGED, kept, by, reason)


def _set(organisation: Organisation, values: Mapping[str, str]) -> None:
    """Set the values with what is derived from them, as ``services`` does for one."""
    before = organisation.name
    for name, value in values.items():
        setattr(organisation, name, value)
    if before and before not in {organisation.name, *organisation.former_names}:
        organisation.former_names = [*organisation.former_names, before]
    organisation.set_name(organisation.name)
    organisation.set_search()
    if "code" in values:
        states = Organisation.CodeState
        pack = country(organisation.country)
        valid = pack.organisation_code_is_valid(organisation.code)
        state = states.VALID if valid else states.TO_CHECK
        organisation.code_state = state.value


def _keep(
    kind: Change.Kind,
    rows: Sequence[tuple[Organisation, dict[str, Any]]],
    by: User,
    reason: str,
) -> None:
    """Add the history of many at once; of contacts only that they changed."""
    changes = []
    for organisation, before in rows:
        after = history.values_of(organisation)
        fields = [n for n, v in after.items() if v != before.get(n, _blank(v))]
        kept = [n for n in fields if n in history.KEPT]
        change = Change(
            organisation_id=organisation.pk,
            kind=kind,
            by_id=by.pk,
            acted_as=Change.ActedAs.ORGANISER,
            version=organisation.version,
            fields=fields,
            values={n: [before.get(n), after[n]] for n in kept},
            reason=reason,
        )
        changes.append(change)
    Change.objects.bulk_create(changes)


def _blank(value: Any) -> Any:
    """Tell what a new organisation had in the place of such a value."""
    return [] if isinstance(value, list) else ""


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
