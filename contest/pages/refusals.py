"""What the judge of the rules refuses, in the words of those who make them by hand.

The judge speaks to programs as well and names codes; a page has names and places.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from contest.pages.wording import label_of
from core.localized import localized

_SENTENCES = {
    "choices_of_other_kind": gettext_noop(
        "Only questions that are answered by choosing have choices. Empty them here, or"
        " take such a kind of answer."
    ),
    "count_of_other_kind": gettext_noop(
        "Only where several may be chosen is their number limited. Empty this, or take"
        " that kind of answer."
    ),
    "limits_of_other_kind": gettext_noop(
        "Only numbers, amounts and dates have a lowest and a highest value. Empty this,"
        " or take such a kind of answer."
    ),
    "condition_elsewhere": gettext_noop(
        "“{name}” is asked by the answer to another question: that one has to stand"
        " before it and be answered by yes, no or a choice. Change “{name}” first."
    ),
    "condition_never": gettext_noop(
        "“{name}” waits for an answer that nobody can choose any more. Change “{name}”"
        " first."
    ),
    "unknown_tie_break": gettext_noop(
        "Equal totals are separated by a criterion that is taken out here. Change that"
        " on the page “Places and decisions” first."
    ),
    "tie_break_twice": gettext_noop("This one stands here twice; take another one."),
    "unknown_criterion": gettext_noop(
        "“{name}” is ranked by a criterion that is taken out here. Let it be ranked by"
        " another one first."
    ),
    "unknown_nomination": gettext_noop(
        "“{name}” belongs to a nomination that is taken out here. Let it belong to"
        " another one first."
    ),
    "criterion_elsewhere": gettext_noop(
        "“{name}” has a weight for a criterion that belongs to other nominations. Take"
        " that weight away first."
    ),
    "nothing_to_choose": gettext_noop(
        "This needs a nomination that entrants choose, and there is none: {place}."
    ),
}


def told_of(error, document, *, is_beside):
    """Say what is wrong; where it stands beside no field, also what it is about."""
    place = label_of(_by_names(error.field, document))
    if sentence := _SENTENCES.get(error.code):
        name = localized(_row_of(error.field, document).get("title", {}))
        return _(sentence).format(name=name, place=place)
    return str(error.message) if is_beside else f"{place}: {error.message}"


def _row_of(path, document):
    """Find the criterion, nomination or question that a place belongs to."""
    part, _dot, rest = path.partition(".")
    number = rest.partition(".")[0]
    rows = document.get(part)
    if isinstance(rows, Sequence) and number.isdecimal() and int(number) < len(rows):
        row = rows[int(number)]
        return row if isinstance(row, Mapping) else {}
    return {}


def _by_names(path, document):
    """Put the name of a row in the place of its number; numbers count from 1."""
    steps = path.split(".")
    row = _row_of(path, document)
    if name := localized(row.get("title") or row.get("text") or {}):
        steps[1] = name
    return [str(int(step) + 1) if step.isdecimal() else step for step in steps]
