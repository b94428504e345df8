"""Differences between two editions or two rulebooks, in words."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.localized import localized
from core.times import local_time

# What the parts of a path are called; codes of criteria and the like stand as they are.
_WORDS = {
    "slug": gettext_noop("Address"),
    "edition": gettext_noop("Edition"),
    "title": gettext_noop("Title"),
    "description": gettext_noop("About the contest"),
    "funder_line": gettext_noop("Funder’s line"),
    "sample_note": gettext_noop("Note on a sample contest"),
    "languages": gettext_noop("Languages of the contest"),
    "time_zone": gettext_noop("Time zone"),
    "currency": gettext_noop("Currency"),
    "opens_at": gettext_noop("Collection opens"),
    "closes_at": gettext_noop("Collection closes"),
    "judging_opens_at": gettext_noop("Judging is meant to open"),
    "judging_closes_at": gettext_noop("Judging is meant to close"),
    "results_at": gettext_noop("The result is meant to be published"),
    "rulebook": gettext_noop("Rulebook"),
    "logos": gettext_noop("Logos"),
    "panel": gettext_noop("Panel"),
    "coordinators": gettext_noop("Coordinators"),
    "criteria": gettext_noop("Criteria"),
    "nominations": gettext_noop("Nominations"),
    "nomination": gettext_noop("of the nomination"),
    "special_awards": gettext_noop("Special awards"),
    "count": gettext_noop("how many at most"),
    "eligibility": gettext_noop("Requirements"),
    "questions": gettext_noop("Own questions"),
    "weight": gettext_noop("weight"),
    "weights": gettext_noop("weights"),
    "scale": gettext_noop("scale"),
    "minimum": gettext_noop("lowest"),
    "maximum": gettext_noop("highest"),
    "step": gettext_noop("step"),
    "words": gettext_noop("words at the points"),
    "comment": gettext_noop("comment"),
    "help": gettext_noop("help"),
    "counted": gettext_noop("counts in the total"),
    "required": gettext_noop("required"),
    "places": gettext_noop("places"),
    "entries": gettext_noop("which entries"),
    "total": gettext_noop("Highest total"),
    "min_scores": gettext_noop("Fewest scores for a place"),
    "minimum_score": gettext_noop("Minimum score"),
    "jurors_per_entry": gettext_noop("Jurors for each entry"),
    "tie_breaks": gettext_noop("Equal totals"),
    "short_list": gettext_noop("Short list"),
    "who_enters": gettext_noop("Who may enter"),
    "two_persons": gettext_noop("Two persons"),
    "visibility": gettext_noop("Who sees what"),
    "juror_names": gettext_noop("names of the jurors"),
    "deliberation": gettext_noop("jurors see each other’s scores"),
    "timetable": gettext_noop("Times"),
    "announce_days": gettext_noop("days from announcing to opening"),
    "collection_days": gettext_noop("days of collection"),
    "collection_days_max": gettext_noop("days of collection at most"),
    "limits": gettext_noop("Limits"),
    "entry_form": gettext_noop("Entry form"),
    "entries_per_organisation": gettext_noop("entries of one organisation"),
    "entries_per_nomination": gettext_noop("entries of one organisation by nomination"),
    "nominations_per_entry": gettext_noop("nominations of one entry"),
    "photos_per_entry": gettext_noop("photos of an entry"),
    "documents_per_entry": gettext_noop("files of an entry"),
    "megabytes_per_entry": gettext_noop("megabytes of an entry’s files"),
    "quota": gettext_noop("quota"),
    "bar_winners": gettext_noop("winners who stay away"),
    "mapping": gettext_noop("How points become a total"),
    "lot_seed": gettext_noop("Seed of the lot"),
    "may_be_ongoing": gettext_noop("Projects that are not finished may enter"),
    "sponsor": gettext_noop("sponsor"),
    "checked_by": gettext_noop("who checks it"),
    "kind": gettext_noop("kind of answer"),
    "group": gettext_noop("page of the form"),
    "choices": gettext_noop("choices"),
    "when": gettext_noop("asked only where"),
    "max_length": gettext_noop("characters at most"),
}

# What follows when two rows of the register are merged, by the label of its model.
MOVED = {
    "organisations.organisation": gettext_noop("rows merged into it before"),
    "organisations.representative": gettext_noop("people who act or acted for it"),
    "organisations.claim": gettext_noop("requests to represent it"),
    "submissions.submission": gettext_noop("entries"),
    "submissions.award": gettext_noop("places in earlier editions"),
}


def moves_in_words(moves):
    """Turn what a merge moves into pairs of words and number."""
    return [(_(MOVED.get(label, label)), count) for label, count in moves.items()]


def told(differences, zone):
    """Turn differences into rows of label, before and after, in words."""
    return [
        (
            label_of(each.path.split(".")),
            _value(each.before, zone),
            _value(each.after, zone),
        )
        for each in differences
    ]


def label_of(steps):
    """Call a place of an edition or a rulebook by its words."""
    return " › ".join(_(_WORDS[step]) if step in _WORDS else step for step in steps)


def _value(value, zone):
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _of_mapping(value, zone)
    if isinstance(value, list):
        return ", ".join(_value(each, zone) for each in value)
    moment = _moment(value)
    return local_time(moment, zone) if moment else str(value)


def _of_mapping(value, zone):
    """A row by its name, a text in the reader's language, else part by part."""
    if texts := value.get("title") or value.get("text"):
        return localized(texts)
    if set(value) <= {"lt", "en"}:
        return localized(value)
    parts = (f"{label_of([str(k)])}: {_value(v, zone)}" for k, v in value.items())
    return ", ".join(parts)


def _moment(value):
    """Read a time that a plan wrote as text; None for any other text."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
