"""A score sheet as it is sent: by its fields one sees what was touched."""

from django import forms
from django.utils.translation import gettext as _

from core.digests import json_digest
from core.errors import SumaniError
from core.localized import localized
from core.pages.forms import Form, TextField
from core.text import Passage
from scoring.services import Mark

WHOLE = "whole"
VALUE, COMMENT, VERSION, SEEN = "value", "comment", "version", "seen"
COMMISSION, ENTRANT = f"{WHOLE}-commission", f"{WHOLE}-entrant"
_DIGITS_OF_A_MARK = 16


class ValueField(forms.DecimalField):
    """A value of a scale, with a comma or a point; empty is not scored."""

    def to_python(self, value):
        """Read a comma as a point."""
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        return super().to_python(value)


class VersionField(forms.IntegerField):
    """Which version the person saw; what is no number is none at all."""

    def __init__(self):
        super().__init__(required=False, min_value=0, max_value=10**9)


def mark_of_seen(*texts):
    """Mark what stood in the fields when they were shown, to see what was touched."""
    return json_digest({"seen": texts})[:_DIGITS_OF_A_MARK]


class SheetForm(Form):
    """A whole sheet: each criterion with the version seen, and the two comments.

    Only what was touched is saved: a window that lay open overwrites nothing by itself.
    """

    def __init__(self, *args, criteria, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        self.saved = set()  # groups of what was touched, whose saving succeeded
        for criterion in criteria:
            title = localized(criterion.title)
            code = criterion.code
            self.fields[f"{code}-{VALUE}"] = ValueField(
                label=title, required=False, max_digits=12, decimal_places=4
            )
            self.fields[f"{code}-{COMMENT}"] = TextField(
                label=_("{title}, comment").format(title=title),
                required=False,
                max_length=5000,
                multiline=True,
            )
            self.fields[f"{code}-{VERSION}"] = VersionField()
        for name, label in (
            (COMMISSION, _("Comment for the commission")),
            (ENTRANT, _("Comment for the entrant")),
        ):
            self.fields[name] = TextField(
                label=label, required=False, max_length=10_000, multiline=True
            )
        self.fields[f"{WHOLE}-{VERSION}"] = VersionField()

    def typed(self, name):
        """Give what was typed into a field, as it came; None where nothing came."""
        return self.data.get(name) if self.is_bound else None

    def is_touched(self, group, *names):
        """Tell whether fields came that say something else than was shown."""
        if not self.is_bound or f"{group}-{VERSION}" not in self.data:
            return False
        texts = [self.typed(name) or "" for name in names]
        return self.data.get(f"{group}-{SEEN}") != mark_of_seen(
            *(text.replace("\r\n", "\n") for text in texts)
        )

    def is_unsaved(self, group, *names):
        """Tell whether fields hold something that was typed and is not saved."""
        return self.is_touched(group, *names) and group not in self.saved

    def texts(self):
        """List what was typed and is not saved, also the values."""
        groups = [(localized(c.title), *names_of(c)) for c in self.criteria]
        found = []
        for title, group, *names in groups:
            if self.is_unsaved(group, *names):
                texts = (self.typed(name) for name in names)
                found.append(Passage(title, "\n".join(filter(None, texts))))
        if self.is_unsaved(WHOLE, COMMISSION, ENTRANT):
            names = [name for name in (COMMISSION, ENTRANT) if self.typed(name)]
            found += [Passage(self[n].label, self.typed(n)) for n in names]
        return [passage for passage in found if passage.text]

    def touched_criteria(self):
        """List the criteria that were touched."""
        return [c for c in self.criteria if self.is_touched(*names_of(c))]

    def has_touched_remarks(self):
        """Tell whether a comment on the whole was touched."""
        return self.is_touched(WHOLE, COMMISSION, ENTRANT)

    def mark(self, criterion):
        """Read what is to stand for a criterion; None while its fields are wrong."""
        _group, value, comment = names_of(criterion)
        version = self.cleaned_data.get(f"{criterion.code}-{VERSION}")
        if value in self.errors or comment in self.errors or version is None:
            return None
        is_off = criterion.comment == "off"
        return Mark(
            criterion=criterion.code,
            value=self.cleaned_data[value],
            comment=None if is_off else self.cleaned_data[comment],
            expected_version=version,
        )

    def refuse_at(self, name, refusal: SumaniError):
        """Show a refusal beside the fields that it is about."""
        self.add_error(name, str(refusal.message))

    def refuse_missing(self, refusal: SumaniError):
        """Show beside each criterion what it lacks; else at the top."""
        for error in refusal.errors:
            code, _dot, part = error.field.partition(".")
            name = f"{code}-{part or VALUE}"
            self.add_error(name if name in self.fields else None, str(error.message))
        if not refusal.errors:
            self.add_error(None, str(refusal.message))


def names_of(criterion):
    """Name the group of a criterion and its fields."""
    code = criterion.code
    return code, f"{code}-{VALUE}", f"{code}-{COMMENT}"
