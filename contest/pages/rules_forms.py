"""Parts of a rulebook as forms: a copy is changed, what is not asked stays as it is."""

from copy import deepcopy

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.refusals import told_of
from contest.pages.texts import first_of
from core.localized import localized
from core.pages.forms import TextField, VersionedForm

SPARE = 2  # empty rows for what is added
_RESERVED = 100  # numbers tried behind a code that is taken


def number_field(label, **kwargs):
    """Ask for an exact number."""
    return forms.DecimalField(label=label, max_digits=12, decimal_places=4, **kwargs)


def whole_field(label, **kwargs):
    """Ask for a number of things."""
    kwargs = {"min_value": 1, "max_value": 1000, **kwargs}
    return forms.IntegerField(label=label, **kwargs)


def written(number):
    """Write a number as a rulebook does: exact, without needless zeros."""
    return None if number is None else f"{number.normalize() + 0:f}"


def code_for(texts, taken):
    """Make a code out of a title; one that is taken gets a number."""
    base = slugify(localized(texts)).replace("-", "_").strip("_")[:30]
    base = base if base[:1].isalpha() else f"c_{base}".rstrip("_")
    return next(
        code
        for code in (base, *(f"{base}_{n}" for n in range(2, _RESERVED)))
        if code not in taken
    )


def keyed(part, rows):
    """Yield the key of each row's fields with the row, then those of empty ones.

    A row is known by its code, never by its place: what was typed in it stays its own
    when somebody else takes a row out or moves it meanwhile.
    """
    for row in rows:
        yield f"{part}_{row['code']}", row
    for number in range(1, SPARE + 1):
        yield f"{part}_new-{number}", None  # no code has a hyphen


class PartForm(VersionedForm):
    """A form over a part of the version in force.

    ``asked_at`` leads from the places of the new document, dotted as in a refusal, to
    the fields that say what stands there; ``write`` fills it. ``parts`` are those whose
    rows have fields of their own (``keyed``).
    """

    parts = ()

    reason = TextField(
        label=gettext_lazy("Why it changes"),
        max_length=2000,
        multiline=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, document, **kwargs):
        self.document = document
        self.asked_at = {}
        self.made = document
        super().__init__(*args, **kwargs)
        self.add_fields()
        self.order_fields([name for name in self.fields if name != "reason"])

    def add_fields(self):
        """Add the fields that depend on the document."""

    @classmethod
    def values_of(cls, version, **which):
        """Give the values of a version as the form shows them."""
        return {"version": version.number, **cls.shown(version.document, **which)}

    @classmethod
    def shown(cls, document):
        """Give what a document says, by field."""
        raise NotImplementedError

    def new_document(self):
        """Write the answers into a copy of the version that they change."""
        values, document = dict(self.cleaned_data), deepcopy(self.document)
        self.write(values, document)
        self.made = document
        return document

    def write(self, values, document):
        """Put the answers into the copy."""
        raise NotImplementedError

    def sections(self):
        """Give headings and the fields under them, in the order of the page."""
        named = [name for name in self.fields if name not in {"version", "reason"}]
        return [("", self.section(*named))]

    def section(self, *names):
        """Give the fields of these names that are asked."""
        return [self[name] for name in names if name in self.fields]

    def refuse(self, refusal):
        """Say what the judge of the rules found, beside what was asked about it."""
        for error in refusal.errors:
            name = self.field_at(error.field)
            self.add_error(name, told_of(error, self.made, is_beside=bool(name)))
        if not refusal.errors:
            self.add_error(None, str(refusal.message))

    def keep_both(self, stored, version):
        """Show also what was typed in rows that are not there any more."""
        super().keep_both(stored, version)
        rows = tuple(f"{part}_" for part in self.parts)
        texts = [name for name in self.data if name.endswith(first_of(""))]
        for name in texts:
            if name.startswith(rows) and name not in self.fields:
                label = _("A row that was taken out meanwhile")
                self.stored.append((label, "", self.data[name]))

    def field_at(self, place):
        """Find the field that is nearest to a place of the document."""
        steps = place.split(".")
        for count in range(len(steps), 0, -1):
            name = ".".join(steps[:count])
            name = self.asked_at.get(name, name)
            if name in self.fields:
                return name
        return None
