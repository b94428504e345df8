"""Forms: the shape of what is typed. Whether it is allowed, services decide."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.errors import SumaniError
from core.text import ForbiddenCharacter, Passage, clean

_WRITING = forms.TextInput, forms.Textarea


class Renderer(TemplatesSetting):
    """Each field with its label, help and errors, told to screen readers, too."""

    field_template_name = "forms/field.html"


class Form(forms.Form):
    """A form that can show what a service refused."""

    required_css_class = "required"
    error_css_class = "wrong"
    is_late = False  # the time for it is over: there is nothing to correct

    def refuse_late(self, refusal: SumaniError) -> None:
        """Refuse the whole; what was typed stays in it, to be copied."""
        self.is_late = True
        self.refuse(refusal)

    def refuse(self, refusal: SumaniError) -> None:
        """Put each sentence of a refusal beside its field, or at the top."""
        told = False
        for error in refusal.errors:
            self.add_error(self.field_at(error.field), str(error.message))
            told = True
        if not told:
            self.add_error(None, str(refusal.message))

    def texts(self) -> list[Passage]:
        """List the texts that were typed and are not what was shown."""
        found = []
        for field in self.visible_fields():
            typed = _lines(field.value())
            is_text = isinstance(field.field.widget, _WRITING)
            if is_text and typed not in {"", _lines(field.initial)}:
                found.append(Passage(str(field.label), typed))
        return found

    def field_at(self, place: str) -> str | None:
        """Name the field that asks for what a refusal is about; None for the top."""
        return place if place in self.fields else None


class VersionedForm(Form):
    """A form over something that two may change at once; it knows its version.

    ``stored`` are rows of label, what is stored now, and what was typed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    stored: list[tuple[str, Any, Any]] = []

    def keep_both(self, stored: Mapping[str, Any], version: int) -> None:
        """Show what somebody stored in between beside what was typed.

        Sent again, the form then puts what was typed in its place: on purpose.
        """
        self.stored = []
        for name in self.fields:
            if name == "version" or name not in stored:
                continue
            now = self.fields[name].prepare_value(stored[name])
            if (now or "") != (typed := self[name].value() or ""):
                self.stored.append((str(self[name].label), now, typed))
        again = QueryDict(mutable=True)
        again.update(self.data)
        again[self.add_prefix("version")] = str(version)
        self.data = again


class TextField(forms.CharField):
    """A text in NFC without control characters; line breaks only as asked.

    The twin of ``core.api.fields.TextField``: the same lengths, the same sentences.
    """

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Normalise before it is measured."""
        text = super().to_python(value) or ""
        try:
            text = clean(text)
        except ForbiddenCharacter as refusal:
            raise forms.ValidationError(
                _(
                    "The character {character} at position {position} is not allowed in"
                    " text; delete it there."
                ).format(character=refusal.character, position=refusal.position)
            ) from None
        if not self.multiline and ("\n" in text or "\t" in text):
            raise forms.ValidationError(_("This text must stand on one line."))
        return text


def _lines(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()
