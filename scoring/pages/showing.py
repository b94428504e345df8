"""What a sheet shows: each criterion as it stands, as it was typed, and beside it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from contest.rulebook import Criterion
from contest.scale import plain
from core.localized import localized
from scoring.judging import OwnScore
from scoring.pages.sheet_forms import COMMISSION, ENTRANT, VERSION, WHOLE, names_of
from scoring.pages.sheet_forms import mark_of_seen as mark

MOST_BUTTONS = 21  # values; a longer scale is typed
_KEYS = {str(digit): str(digit) for digit in range(1, 10)}


class Choice(NamedTuple):
    """A value of a scale: as sent, as read, its word, the key that sets it."""

    value: str
    label: str
    word: str
    key: str


@dataclass(frozen=True)
class Line:
    """One criterion of a sheet. ``value`` and ``comment`` are what the fields hold.

    ``other`` is what was saved in between, where that differs from what was typed;
    ``is_unsaved`` says that the fields hold what is not saved.
    """

    criterion: Criterion
    title: str
    help: str
    choices: list[Choice]
    words: list[Choice]
    minimum: str
    maximum: str
    step: str
    weight: str
    share: str
    value: str
    stored: Choice | None
    comment: str
    stored_comment: str
    version: int
    seen: str
    saved_at: datetime | None
    is_unsaved: bool
    other: "Other | None"
    errors: list[str]
    own: list["Own"] = field(default_factory=list)

    @property
    def is_typed(self):
        """Whether the scale is too long for buttons."""
        return not self.choices


class Other(NamedTuple):
    """What stands in the database while something else was typed here."""

    value: str
    comment: str
    at: datetime | None


class Own(NamedTuple):
    """A score of one's own for another entry."""

    score: OwnScore
    label: str


@dataclass(frozen=True)
class Remarks:
    """The two comments on the whole."""

    commission: str
    entrant: str
    version: int
    seen: str
    is_unsaved: bool
    other: tuple[str, str] | None
    errors: list[str]


def lines_of(criteria, scores, form, own, fallback):
    """Show the criteria of a sheet in their order."""
    total = sum(c.weight for c in criteria if c.counted)
    return [
        _line(c, scores.get(c.code), form, own.get(c.code, []), total, fallback)
        for c in criteria
    ]


def _line(criterion, score, form, own, total, fallback):
    _group, value_name, comment_name = names_of(criterion)
    choices = _choices(criterion, fallback)
    by_steps = dict(enumerate(choices))
    steps = score.steps if score else None
    stored = by_steps.get(steps)
    stored_value = stored.value if stored else ""
    stored_comment = score.comment if score else ""
    version = score.version if score else 0
    value, comment, was_overtaken = _held(
        form, criterion, (stored_value, stored_comment), version
    )
    scale = criterion.scale
    is_short = scale.steps < MOST_BUTTONS
    return Line(
        criterion=criterion,
        title=localized(criterion.title, fallback=fallback),
        help=localized(criterion.help, fallback=fallback),
        choices=choices if is_short else [],
        words=[choice for choice in choices if choice.word],
        minimum=plain(scale.minimum),
        maximum=plain(scale.maximum),
        step=plain(scale.step),
        weight=shown(criterion.weight),
        share=_share(criterion, total),
        value=value,
        stored=stored,
        comment=comment,
        stored_comment=stored_comment,
        version=version,
        seen=mark(stored_value, stored_comment if criterion.comment != "off" else ""),
        saved_at=score.changed_at if score else None,
        is_unsaved=form.is_unsaved(*names_of(criterion)),
        other=_other(stored, score) if was_overtaken else None,
        errors=_errors(form, value_name, comment_name),
        own=[Own(each, shown(each.value)) for each in own],
    )


def _held(form, criterion, stored, version):
    """Tell what the fields hold, and whether something else was saved meanwhile."""
    group, value_name, comment_name = names_of(criterion)
    if not form.is_touched(group, value_name, comment_name):
        return *stored, False
    value = (form.typed(value_name) or "").strip().replace(",", ".")
    comment = form.typed(comment_name) or ""
    is_of_another = form.typed(f"{group}-{VERSION}") != str(version)
    return value, comment, is_of_another and (value, comment) != stored


def remarks_of(sheet, form):
    """Show the comments on the whole."""
    stored = (sheet.comment_commission, sheet.comment_entrant) if sheet else ("", "")
    version = sheet.comments_version if sheet else 0
    texts, was_overtaken = stored, False
    if form.has_touched_remarks():
        texts = form.typed(COMMISSION) or "", form.typed(ENTRANT) or ""
        was_overtaken = form.typed(f"{WHOLE}-{VERSION}") != str(version)
    return Remarks(
        *texts,
        version=version,
        seen=mark(*stored),
        is_unsaved=form.is_unsaved(WHOLE, COMMISSION, ENTRANT),
        other=stored if was_overtaken and texts != stored else None,
        errors=_errors(form, COMMISSION, ENTRANT),
    )


def shown(number):
    """Write a value as people read it: with a comma in Lithuanian."""
    return number_format(Decimal(plain(number)))


def _choices(criterion, fallback):
    scale = criterion.scale
    values = [scale.value(steps) for steps in range(scale.steps + 1)]
    texts = {plain(value) for value in values}
    words = {
        code: localized(w, fallback=fallback) for code, w in criterion.words.items()
    }
    # Nought stands for ten where the scale has a ten and no nought.
    nought = {"0": "0"} if "0" in texts else {"10": "0"}
    keys = _KEYS | nought
    return [
        Choice(
            plain(value),
            shown(value),
            words.get(plain(value), ""),
            keys.get(plain(value), ""),
        )
        for value in values
    ]


def _share(criterion, total):
    """Tell how much of the overall total a criterion makes."""
    if not criterion.counted or not total:
        return _("not counted in the overall total")
    percent = number_format(Decimal(f"{float(criterion.weight / total * 100):.3g}"))
    return _("share of the total: {percent} %").format(percent=percent)


def _other(stored, score):
    return Other(
        value=stored.label if stored else "",
        comment=score.comment if score else "",
        at=score.changed_at if score else None,
    )


def _errors(form, *names):
    if not form.is_bound:
        return []
    return [str(error) for name in names for error in form.errors.get(name, [])]
