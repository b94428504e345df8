"""The register in words: what an organisation is, what changed in it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.countries import country
from organisations.labels import FIELD_LABELS, KIND_LABELS
from organisations.models import Organisation

NOTHING = "–"
_CODE_STATES = dict(Organisation.CodeState.choices)


def facts_of(organisation, names):
    """Tell the fields as pairs of label and words."""
    return [
        (
            FIELD_LABELS[name],
            in_words(name, getattr(organisation, name), organisation.country),
        )
        for name in names
    ]


def changes_in_words(changes, country_code):
    """Let each change know its ``rows``: label, before, after; None for contacts."""
    for change in changes:
        change.rows = [
            (FIELD_LABELS[name], *_both(change, name, country_code))
            for name in change.fields
        ]
    return changes


def in_words(name, value, country_code):
    """Say one field as people do; nothing is a dash."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(value)
    words = _WORDS.get(name)
    return words(value, country(country_code)) if words else value


def _place(value, pack):
    return pack.place_name(value) or value


def _county(value, pack):
    return pack.counties[value].name if value in pack.counties else value


def _legal_form(value, pack):
    if value not in pack.legal_forms:
        return value
    names = pack.legal_forms[value].names
    return names.get(get_language(), names["en"])


_WORDS = {
    "kind": lambda value, _pack: KIND_LABELS.get(value, value),
    "code_state": lambda value, _pack: _CODE_STATES.get(value, value),
    "municipality": _place,
    "county": _county,
    "legal_form": _legal_form,
}


def _both(change, name, country_code):
    """Tell what was and what is; of contacts only that they changed."""
    if name not in change.values:
        return None, _("changed")
    before, after = change.values[name]
    return in_words(name, before, country_code), in_words(name, after, country_code)
