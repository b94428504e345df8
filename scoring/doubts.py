"""What closing judging or publishing would leave out, or undone."""

from django.utils.translation import ngettext

from contest.consequences import Doubt, looks_before
from contest.models import Contest
from contest.phases import ActKind
from contest.rulebook import read_version
from scoring.progress import TOO_FEW_SCORES, below_minimum, complete_unsent
from scoring.special_awards import given_in
from scoring.ties import ties_in


@looks_before(ActKind.CLOSE_JUDGING)
def unsent_sheets(contest: Contest) -> Doubt | None:
    """Count the sheets that only wait for their juror to send them."""
    count = complete_unsent(contest)
    if not count:
        return None
    message = ngettext(
        "{count} sheet is complete, but not sent, and would not count: ask its juror to"
        " send it.",
        "{count} sheets are complete, but not sent, and would not count: ask their"
        " jurors to send them.",
        count,
    )
    return Doubt("unsent_sheets", message.format(count=count), ())


@looks_before(ActKind.CLOSE_JUDGING)
def entries_without_place(contest: Contest) -> Doubt | None:
    """Count the entries that would have no place: too few scored them."""
    count = below_minimum(contest).count()
    if not count:
        return None
    message = ngettext(
        "{count} entry has too few scores to be ranked and would have no place.",
        "{count} entries have too few scores to be ranked and would have no place.",
        count,
    )
    return Doubt(TOO_FEW_SCORES, message.format(count=count), ())


@looks_before(ActKind.PUBLISH)
def ties_for_the_chair(contest: Contest) -> Doubt | None:
    """Count the ties on awarded places that wait for the chair."""
    awarded = read_version(contest.rules_in_force).awarded
    ties = [
        tie
        for code, found in ties_in(contest, awarded).items()
        for tie in found
        if tie.decision is None and tie.place <= awarded[code]
    ]
    if not ties:
        return None
    message = ngettext(
        "The chair has not decided {count} tie on an awarded place: all of its entries"
        " would be published on that place.",
        "The chair has not decided {count} ties on awarded places: all of their entries"
        " would be published on those places.",
        len(ties),
    )
    return Doubt("undecided_ties", message.format(count=len(ties)), ())


@looks_before(ActKind.PUBLISH)
def lapsed_special_awards(contest: Contest) -> Doubt | None:
    """Name the special awards that were given and would not be published."""
    lapsed = [each for each in given_in(contest) if each.lapse]
    if not lapsed:
        return None
    message = ngettext(
        "{count} special award was given and would not be published: {named}.",
        "{count} special awards were given and would not be published: {named}.",
        len(lapsed),
    )
    named = "; ".join(
        f"{each.title} – {each.naming.reference} ({each.lapse_in_words})"
        for each in lapsed
    )
    things = tuple(each.naming.reference for each in lapsed)
    return Doubt(
        "lapsed_special_awards", message.format(count=len(lapsed), named=named), things
    )
