"""Values -> the XML of spreadsheet cells. A user's text is text, whatever it says.

A text cell is always an inline string, so `=1+1`, `#REF!` or `+370…` stay what
somebody typed. What XML cannot hold is replaced visibly, never dropped.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from unicodedata import normalize
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import to_excel

MAX_TEXT = 32_767  # of a cell, counted by Excel in UTF-16 units
MAX_FORMULA = 8_192  # of a formula; a longer one makes Excel refuse the file

SHORT_TEXT = 1_000  # is remembered; far too short to be cut, in whatever language

# Control characters, lone surrogates and the two non-characters of XML 1.0.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Excel reads `_x0041_` inside a string as the letter A unless `_` is spelled out.
ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula (without its equals sign) beside the value computed by us.

    openpyxl writes formulas without a value, so a reader that does not calculate
    (a preview, Excel's protected view, a script) would see empty totals.
    """

    expression: str
    cached: Decimal | int


Value = str | int | Decimal | Fraction | date | Formula | None  # datetimes are dates


def clean_text(text: str) -> str:
    """The text in NFC and without what a file of ours may not contain."""
    text = normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return ILLEGAL.sub(REPLACEMENT, text)


def fitting_text(text: str, limit: int = MAX_TEXT) -> str:
    """The text if a cell can hold it, else its beginning and a mark that says so."""
    if _units(text) <= limit:
        return text
    mark = _("… [cut at %(limit)s characters]") % {"limit": f"{limit:,}"}
    room = (limit - _units(mark)) * 2
    # Half of a character that needs two units is dropped with the cut.
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark


def cell(reference: str, style: int, value: Value) -> str:
    """One cell as XML; without a value it still has its style."""
    head = f'<c r="{reference}" s="{style}"'
    if isinstance(value, str) and value:
        spell = _remembered if len(value) <= SHORT_TEXT else _inline_string
        return f'{head} t="inlineStr">{spell(value)}</c>'
    if value is None or isinstance(value, str):
        return f"{head}/>"
    if isinstance(value, Formula):
        return f"{head}>{_formula(value)}<v>{_number(value.cached)}</v></c>"
    return f"{head}><v>{_number(value)}</v></c>"


def _inline_string(text: str) -> str:
    text = fitting_text(ESCAPE_LOOKALIKE.sub("_x005F_", clean_text(text)))
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<is><t{space}>{escape(text)}</t></is>"


# Rows of one entry follow each other: its texts are spelled once, not once a row.
_remembered = lru_cache(maxsize=512)(_inline_string)


def _formula(formula: Formula) -> str:
    """The formula; where Excel would refuse its length, only its value remains."""
    if len(formula.expression) > MAX_FORMULA:
        return ""
    return f"<f>{escape(formula.expression)}</f>"


def _number(value: int | Decimal | Fraction | date) -> str:
    """Digits only: the spreadsheet knows no time zones, so wall-clock time is meant."""
    if isinstance(value, datetime):
        return repr(to_excel(value.replace(tzinfo=None)))
    if isinstance(value, date):
        return str(int(to_excel(value)))
    if isinstance(value, Fraction) and value.denominator != 1:
        return repr(float(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(int(value))


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
