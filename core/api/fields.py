"""Serializer fields for what the house stores: clean text, texts in languages."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.clock import FIRST_YEAR, LAST_YEAR
from core.money import parse_money
from core.text import ForbiddenCharacter, clean

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
_SHOWN = 80  # characters of a refused value that are repeated


class ChoiceField(serializers.ChoiceField):
    """One of several codes; a refusal names them."""

    default_error_messages = {
        "invalid_choice": _("This is not one of the choices: {allowed}."),
    }

    def to_internal_value(self, data: Any) -> Any:
        """Take a code that is among the choices."""
        if (
            not isinstance(data, (str, int))
            or str(data) not in self.choice_strings_to_values
        ):
            allowed = ", ".join(map(str, self.choice_strings_to_values))
            self.fail("invalid_choice", allowed=allowed)
        return self.choice_strings_to_values[str(data)]


class EmailField(serializers.EmailField):
    """An address as people write it: no quoted words, no characters out of sight."""

    def to_internal_value(self, data: Any) -> str:
        """Clean the text before it is judged."""
        return _visible(self, super().to_internal_value(data), refused='"')


class URLField(serializers.URLField):
    """An address of the web without characters that nobody sees."""

    def to_internal_value(self, data: Any) -> str:
        """Clean the text before it is judged."""
        return _visible(self, super().to_internal_value(data))


def _visible(field: serializers.CharField, text: str, *, refused: str = "") -> str:
    if any(c in refused or unicodedata.category(c)[0] in "CZ" for c in text):
        field.fail("invalid")
    return unicodedata.normalize("NFC", text)


class DateTimeField(serializers.DateTimeField):
    """A moment of our time: its neighbours exist in every zone."""

    default_error_messages = {
        "far": _("This time must lie between the years {first} and {last}."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        """Read an aware time within the years of this program."""
        moment = super().to_internal_value(value)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail("far", first=FIRST_YEAR, last=LAST_YEAR)
        return moment


class MoneyField(serializers.DecimalField):
    """An amount, or null; „18 407,00“ is read as 18407.00."""

    default_error_messages = {
        "amount": _(
            "This is not an amount of money; write it as 18 407,00 or 18407.00, with"
            " two digits after the comma at most."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Read a Lithuanian amount as well as a plain one."""
        if isinstance(data, str) and len(data) <= self.MAX_STRING_LENGTH:
            try:
                data = parse_money(data)
            except ValueError:
                self.fail("amount")
        return super().to_internal_value(data)


class SlugRelatedField(serializers.SlugRelatedField):
    """Another thing by its slug; what cannot be a slug is not looked for."""

    def to_internal_value(self, data: Any) -> Any:
        """Find the row, or say that there is none."""
        if not isinstance(data, str) or not _SLUG.fullmatch(data):
            shown = ascii(data)[:_SHOWN]
            self.fail("does_not_exist", slug_name=self.slug_field, value=shown)
        return super().to_internal_value(data)


class TextField(serializers.CharField):
    """A text in NFC without control characters; line breaks only as asked.

    ``max_length`` counts characters as people see them counted: after normalisation.
    """

    default_error_messages = {
        "forbidden_character": _(
            "The character {character} at position {position} is not allowed in text;"
            " delete it there."
        ),
        "one_line": _("This text must stand on one line."),
    }

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Normalise, then measure."""
        text = super().to_internal_value(data)
        try:
            text = clean(text)
        except ForbiddenCharacter as exc:
            self.fail(
                "forbidden_character", character=exc.character, position=exc.position
            )
        if not self.multiline and ("\n" in text or "\t" in text):
            self.fail("one_line")
        return text


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "example": {"lt": "Sumani bendruomenė", "en": "Smart community"},
    }
)
class LocalizedTextField(serializers.DictField):
    """``{language: text}``; languages are two-letter codes."""

    default_error_messages = {
        "language": _("“{language}” is not a language of this server ({allowed})."),
        "empty": _("Give the text in at least one language."),
        "one_of_many": _("Give an object of language and text, such as {example}."),
    }

    def __init__(
        self, *, max_length: int = 300, multiline: bool = False, **kwargs: Any
    ):
        kwargs.setdefault("allow_empty", True)
        self.text_max_length = max_length
        super().__init__(
            child=TextField(
                max_length=max_length, multiline=multiline, allow_blank=True
            ),
            **kwargs,
        )

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """Check languages, drop empty texts."""
        if not isinstance(data, Mapping):
            self.fail("one_of_many", example='{"lt": "…"}')
        allowed = [code for code, _name in settings.LANGUAGES]
        for language in data:
            if language not in allowed:
                self.fail("language", language=language, allowed=", ".join(allowed))
        texts = {k: v for k, v in super().to_internal_value(data).items() if v}
        if self.required and not texts:
            self.fail("empty")
        return texts
