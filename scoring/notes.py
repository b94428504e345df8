"""What is said beside an entry of a list where its total alone does not say it."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.method import CRITERION
from scoring.ranking import Row, Unscored

TIE_BREAKS = {
    "median": gettext_lazy("median of the score sheets"),
    "top_marks": gettext_lazy("number of highest scores"),
    "chair": gettext_lazy("decision of the chair"),
    "lot": gettext_lazy("drawing of lots"),
}


def ranked_note(
    row: Row, titles: Mapping[str, str], minimum_score: Decimal | None
) -> str:
    """Why the entry stands where it stands; ``titles`` are those of the criteria."""
    if row.place is None:
        return _("Below the minimum score of %(score)s") % {"score": minimum_score}
    sentences = []
    if row.tie_breaks:
        names = ", ".join(tie_break_name(name, titles) for name in row.tie_breaks)
        sentences.append(_("Equal totals separated by: %(names)s") % {"names": names})
    if row.shared:
        sentences.append(_("Shared place"))
    return ". ".join(sentences)


def unscored_note(unscored: Unscored, titles: Mapping[str, str]) -> str:
    """Which criteria lack values, if any applies."""
    if not unscored.missing:
        return _("Not ranked: no criterion of this list applies to the entry")
    names = ", ".join(titles.get(code, code) for code in unscored.missing)
    return _("Not ranked, too few scores for: %(criteria)s") % {"criteria": names}


def tie_break_name(name: str, titles: Mapping[str, str]) -> str:
    """Name what separates equal totals."""
    if name.startswith(CRITERION):
        code = name.removeprefix(CRITERION)
        title = titles.get(code, code)
        return _("mean of the criterion %(criterion)s") % {"criterion": title}
    return str(TIE_BREAKS[name])
