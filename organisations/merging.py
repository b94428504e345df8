"""Two rows of the register that are one organisation: the duplicate is merged.

Nothing is deleted: the duplicate keeps its row and points to the survivor. What points
to the duplicate – people, requests, and whatever the storeys above keep – follows by
the database's own foreign keys, which are asked of the models (``_pointers``), so that
this storey need not know the others. Append-only rows stay where they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from audit.services import record
from core import clock
from core.errors import Conflict, Invalid
from core.policy import require
from organisations import history
from organisations.models import Change, Claim, Organisation, Representative

# Where the survivor says nothing, what the duplicate says is taken over.
_TAKEN_OVER = (
    *("legal_form", "municipality", "eldership", "action_group"),
    *("address", "email", "phone", "website"),
)
_SETTLED_HERE = (Representative, Claim)  # twins of these are ended, not refused
_SHOWN = 20  # colliding rows that are named
# Stored as they stand here, told in the reader's language.
MERGED_NOTE = gettext_noop("The organisations were merged.")
MERGED_REASON = gettext_noop(
    "The organisations were merged; your other request stands."
)


@dataclass(frozen=True, slots=True)
class Collision:
    """Rows of the duplicate that cannot stand beside those of the survivor."""

    what: str
    rule: str
    rows: list[str]


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge does or would do: fields taken over, rows that follow, by kind."""

    survivor: Organisation
    duplicate: Organisation
    takes_over: list[str]
    moves: dict[str, int]
    collisions: list[Collision]
    warnings: list[str]
    done: bool = False


@transaction.atomic
def merge_organisations(
    *,
    survivor: Organisation,
    duplicate: Organisation,
    reason: str,
    dry_run: bool,
    by: User,
) -> Merge:
    """Merge as an administrator; a dry run tells what it would do."""
    require(by, "organisations.merge", survivor)
    return unite(
        survivor=survivor,
        duplicate=duplicate,
        reason=reason,
        dry_run=dry_run,
        by=by,
        acted_as=Change.ActedAs.ADMINISTRATOR,
    )


def unite(
    *,
    survivor: Organisation,
    duplicate: Organisation,
    reason: str,
    dry_run: bool,
    by: User,
    acted_as: str,
    contest_id: UUID | None = None,
) -> Merge:
    """Merge in the caller's transaction, or tell what it would do.

    Whether ``by`` may is asked by the caller. What was left at a duplicate that was
    merged into this survivor before follows it now.
    """
    survivor, duplicate = _held(survivor, duplicate, dry_run=dry_run)
    if acted_as == Change.ActedAs.ORGANISER:
        _require_no_new_voice(survivor, duplicate)
    plan = _plan(survivor, duplicate)
    if dry_run:
        return plan
    if plan.collisions:
        raise _collided(plan.collisions)
    if duplicate.merged_into_id and not plan.moves:
        return replace(plan, done=True)
    _carry_out(plan, reason=reason, by=by, acted_as=acted_as)
    record(
        "organisations.merge",
        survivor,
        by=by,
        contest_id=contest_id,
        reason=reason,
        duplicate=str(duplicate.pk),
        moves=plan.moves,
    )
    return replace(plan, done=True)


def _carry_out(plan: Merge, *, reason: str, by: User, acted_as: str) -> None:
    survivor, duplicate = plan.survivor, plan.duplicate
    before = history.values_of(survivor)
    _end_twins(survivor, duplicate, by=by)
    _move(survivor, duplicate)
    _take_over(survivor, duplicate)
    history.keep(
        survivor,
        Change.Kind.MERGED,
        before=before,
        by=by,
        acted_as=acted_as,
        reason=reason,
    )


def _require_no_new_voice(survivor: Organisation, duplicate: Organisation) -> None:
    """Keep people from coming to speak for an organisation that others speak for.

    Whoever runs one contest must not become a voice of an organisation that enters
    another, not by way of a duplicate either.
    """
    ours, theirs = (
        set(acting.values_list("person", flat=True))
        for acting in (_acting(survivor), _acting(duplicate))
    )
    if ours and not theirs <= ours:
        raise Conflict(
            _(
                "Different people act for {first} and {second}. Let them settle who"
                " does, or ask an administrator to merge the two."
            ).format(first=survivor.name, second=duplicate.name),
            code="both_have_representatives",
        )


def _acting(organisation: Organisation) -> models.QuerySet[Representative]:
    return Representative.objects.acting().filter(organisation=organisation)


def _held(
    survivor: Organisation, duplicate: Organisation, *, dry_run: bool
) -> tuple[Organisation, Organisation]:
    """Read both rows; lock them, in the order of their ids, if they shall be merged.

    No new row points to a locked one. A dry run holds nobody up: whatever changes
    meanwhile, the merge itself plans again.
    """
    if survivor.pk == duplicate.pk:
        raise Invalid.field(
            "duplicate",
            _("An organisation cannot be merged into itself."),
            received=str(duplicate.pk),
        )
    wanted = [survivor.pk, duplicate.pk]
    rows = Organisation.objects.filter(pk__in=wanted)
    rows = rows if dry_run else rows.select_for_update()
    found = {row.pk: row for row in rows.order_by("pk")}
    survivor, duplicate = (found[pk] for pk in wanted)
    gone = survivor.merged_into_id or duplicate.merged_into_id
    if gone not in (None, survivor.pk):
        raise Conflict(
            _("One of the two was merged into a third organisation already."),
            code="organisation_merged",
            extra={"merged_into": gone},
        )
    if survivor.country != duplicate.country:
        raise Conflict(
            _("Organisations of two countries are not one."), code="other_country"
        )
    return survivor, duplicate


def _plan(survivor: Organisation, duplicate: Organisation) -> Merge:
    moves: dict[str, int] = {}
    collisions: list[Collision] = []
    for model, name in _pointers():
        count = model._base_manager.filter(**{name: duplicate}).count()  # noqa: SLF001 -- Django's documented manager that hides no row
        if count:
            what = model._meta.label_lower  # noqa: SLF001 -- documented name of a model
            moves[what] = moves.get(what, 0) + count
            if model not in _SETTLED_HERE:
                collisions += _collisions(model, name, survivor, duplicate)
    taken = [
        field
        for field in _TAKEN_OVER
        if getattr(duplicate, field) and not getattr(survivor, field)
    ]
    if _takes_code(survivor, duplicate):
        taken.append("code")
    return Merge(
        survivor, duplicate, taken, moves, collisions, _warnings(survivor, duplicate)
    )


def _warnings(survivor: Organisation, duplicate: Organisation) -> list[str]:
    valid = Organisation.CodeState.VALID
    found = []
    if survivor.code_state == duplicate.code_state == valid:
        found.append(_("Both have a valid code: they may be two legal entities."))
    places = {survivor.municipality, duplicate.municipality} - {""}
    if len(places) > 1:
        found.append(_("They stand in two municipalities."))
    return found


def _pointers(
    to: type[models.Model] = Organisation,
) -> Iterator[tuple[type[models.Model], str]]:
    """List every model with a foreign key to organisations, and the key's name.

    Hidden ones too, and the tables between two models; append-only rows excepted.
    """
    meta = to._meta  # noqa: SLF001 -- Django's documented way to a model's relations
    for relation in meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model = relation.related_model
        if not getattr(model, "append_only", False):
            yield model, relation.field.name


def _collisions(
    model: type[models.Model],
    name: str,
    survivor: Organisation,
    duplicate: Organisation,
) -> Iterator[Collision]:
    """Find the rows that a unique constraint would refuse at the survivor."""
    for rule, fields, condition in _unique_rules(model, name):
        rows = model._base_manager.filter(condition)  # noqa: SLF001 -- as above
        same = {field: OuterRef(field) for field in fields if field != name}
        twins = rows.filter(**{name: survivor}, **same)
        refused = rows.filter(Exists(twins), **{name: duplicate})[:_SHOWN]
        if found := [str(row) for row in refused]:
            yield Collision(model._meta.label_lower, rule, found)  # noqa: SLF001 -- as above


def _unique_rules(
    model: type[models.Model], name: str
) -> Iterator[tuple[str, Sequence[str], Q]]:
    meta = model._meta  # noqa: SLF001 -- as above
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and (
            name in constraint.fields
        ):
            yield constraint.name, constraint.fields, constraint.condition or Q()
    for together in meta.unique_together:
        if name in together:
            yield "_".join(together), together, Q()
    if getattr(meta.get_field(name), "unique", False):
        yield name, (name,), Q()


def _collided(collisions: list[Collision]) -> Conflict:
    rows = [f"{c.what} {row}" for c in collisions for row in c.rows]
    return Conflict(
        _(
            "Both have what may be there only once: {rows}. Nothing was merged; rename"
            " or withdraw one of each pair, then merge."
        ).format(rows=", ".join(rows)),
        code="merge_collides",
        extra={
            "collisions": [
                {"what": c.what, "rule": c.rule, "rows": c.rows} for c in collisions
            ]
        },
    )


def _end_twins(survivor: Organisation, duplicate: Organisation, *, by: User) -> None:
    """Close rows of the duplicate that the survivor has too: one person, one row."""
    now = clock.now()
    acting = Representative.objects.acting()
    twins = acting.filter(
        organisation=survivor, person=OuterRef("person"), name=OuterRef("name")
    )
    acting.filter(Exists(twins), organisation=duplicate).update(
        ended_at=now, ended_by_id=by.pk, end_note=MERGED_NOTE
    )
    waiting = Claim.objects.pending()
    asked = waiting.filter(organisation=survivor, person=OuterRef("person"))
    waiting.filter(Exists(asked), organisation=duplicate).update(
        state=Claim.State.REFUSED,
        decided_at=now,
        reason=MERGED_REASON,
    )


def _move(survivor: Organisation, duplicate: Organisation) -> None:
    """Let every row that points to the duplicate point to the survivor."""
    try:
        with transaction.atomic():
            for model, name in _pointers():
                rows = model._base_manager.filter(**{name: duplicate})  # noqa: SLF001 -- as above
                rows.update(**{name: survivor})
    except IntegrityError as exc:
        raise Conflict(
            _(
                "Something was saved meanwhile that may be there only once. Nothing was"
                " merged; look at the dry run again."
            ),
            code="merge_collides",
        ) from exc


def _take_over(survivor: Organisation, duplicate: Organisation) -> None:
    """Complete the survivor, keep old names and codes findable, set the pointer."""
    taken: dict[str, Any] = {
        field: getattr(survivor, field) or getattr(duplicate, field)
        for field in _TAKEN_OVER
    }
    for field, value in taken.items():
        setattr(survivor, field, value)
    survivor.former_codes = _joined(
        survivor.former_codes, duplicate.former_codes, [duplicate.code, survivor.code]
    )
    if _takes_code(survivor, duplicate):
        survivor.code, survivor.code_state = duplicate.code, duplicate.code_state
        duplicate.code = ""
        duplicate.code_state = Organisation.CodeState.TO_CHECK
    survivor.former_codes = [c for c in survivor.former_codes if c != survivor.code]
    names = _joined(survivor.former_names, duplicate.former_names, [duplicate.name])
    survivor.former_names = [name for name in names if name != survivor.name]
    duplicate.merged_into = survivor
    for organisation in (duplicate, survivor):  # the code is free before it is taken
        organisation.set_search()
        organisation.version += 1
        organisation.save()


def _takes_code(survivor: Organisation, duplicate: Organisation) -> bool:
    valid = Organisation.CodeState.VALID
    return bool(duplicate.code) and (
        not survivor.code
        or (survivor.code_state != valid and duplicate.code_state == valid)
    )


def _joined(*lists: list[str]) -> list[str]:
    """Join without repetitions and empty ones, in order."""
    return list(dict.fromkeys(text for texts in lists for text in texts if text))
