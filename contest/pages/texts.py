"""Texts in the languages of this server: a field of a form for each."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.pages.forms import TextField

LABEL = gettext_lazy("{label} – {language}")
# As a text is in a language; Lithuanian says "lietuviškai", not "lietuvių".
_IN = {
    "lt": pgettext_lazy("a text in", "Lithuanian"),
    "en": pgettext_lazy("a text in", "English"),
}


def text_fields(name, label, *, required=False, **kwargs):
    """Make the fields ``name_lt``, ``name_en``…; the first may be required."""
    fields = in_languages(name, label, TextField, required=False, **kwargs)
    first = fields[first_of(name)]
    first.required = first.widget.is_required = required
    return fields


def in_languages(name, label, kind, **kwargs):
    """Make a field of a kind for each language."""
    fields = {}
    for code, language in settings.LANGUAGES:
        words = str(LABEL).format(label=label, language=_IN.get(code, _(language)))
        fields[f"{name}_{code}"] = kind(label=words, **kwargs)
        fields[f"{name}_{code}"].widget.attrs["lang"] = code
    return fields


def first_of(name):
    """Name the first field of a text."""
    return f"{name}_{settings.LANGUAGES[0][0]}"


def spread(name, texts):
    """Turn ``{language: text}`` into the values of its fields."""
    return {f"{name}_{code}": texts.get(code, "") for code, _name in settings.LANGUAGES}


def gather(name, values):
    """Take the values of the fields of a text out of ``values``, as one text."""
    taken = {code: values.pop(f"{name}_{code}", "") for code, _n in settings.LANGUAGES}
    return {code: text for code, text in taken.items() if text}
