"""How our sheets look: a closed list of named styles, registered once a workbook.

A cell carries only the number of its style; building style objects per cell made
the export half as slow again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Side,
)
from openpyxl.styles.differential import DifferentialStyle

INK = "1F2937"
DEEP = "14532D"  # header of a table
PALE = "ECFDF3"  # label of a fact
ALARM = "B42318"  # interim, sample
LINE = Side(style="thin", color="CBD5E1")
STRONG_LINE = Side(style="thin", color=DEEP)  # thin is all a condition may draw
TEXT_FORMAT = "@"  # editing a cell that reads "=1+1" does not make it a formula


class Style(StrEnum):
    TITLE = "title"
    STATUS = "status"
    WARNING = "warning"
    HEADER = "header"
    NUMBER_HEADER = "number header"
    CENTER_HEADER = "center header"
    LABEL = "label"
    TEXT = "text"
    LINE = "line"
    COUNT = "count"
    SCORE = "score"
    TOTAL = "total"
    PLACE = "place"
    VALUE = "value"
    NUMBER_FACT = "number fact"
    MOMENT = "moment"
    DAY = "day"
    MONEY = "money"


HEADERS = {
    **dict.fromkeys(
        (Style.SCORE, Style.TOTAL, Style.VALUE, Style.MONEY), Style.NUMBER_HEADER
    ),
    **dict.fromkeys((Style.PLACE, Style.COUNT), Style.CENTER_HEADER),
}
WRAPPED = frozenset({Style.TEXT, Style.LABEL})


def register_styles(workbook: Workbook) -> dict[Style, int]:
    """The number of each style in this workbook."""
    numbers = {}
    for style, named in _named_styles().items():
        workbook.add_named_style(named)
        sample = WriteOnlyCell(_Parent(workbook))
        sample.style = named.name
        numbers[style] = sample.style_id
    return numbers


class _Parent:
    """What a cell asks of its sheet when it looks up a style."""

    def __init__(self, workbook: Workbook) -> None:
        self.parent = workbook


def new_group_line() -> DifferentialStyle:
    """The line above the first row of a nomination."""
    return DifferentialStyle(border=Border(top=STRONG_LINE))


def _named_styles() -> dict[Style, NamedStyle]:
    text = {"vertical": "top", "wrap_text": True}
    right = {"vertical": "top", "horizontal": "right"}
    center = {"vertical": "top", "horizontal": "center"}
    left = {"vertical": "top", "horizontal": "left"}
    header = {"vertical": "center", "wrap_text": True}
    white_on_green: dict[str, Any] = {
        "font": HEADER_FONT,
        "fill": DEEP,
        "form": TEXT_FORMAT,
    }
    looks: dict[Style, _Look] = {
        Style.TITLE: _Look(_font(size=14, bold=True, color=DEEP), form=TEXT_FORMAT),
        Style.STATUS: _Look(_font(color=INK, italic=True), form=TEXT_FORMAT),
        Style.WARNING: _Look(_font(color=ALARM, bold=True), form=TEXT_FORMAT),
        Style.HEADER: _Look(align=header, **white_on_green),
        Style.NUMBER_HEADER: _Look(
            align={**header, "horizontal": "right"}, **white_on_green
        ),
        Style.CENTER_HEADER: _Look(
            align={**header, "horizontal": "center"}, **white_on_green
        ),
        Style.LABEL: _Look(
            _font(bold=True, color=INK), text, fill=PALE, form=TEXT_FORMAT
        ),
        Style.TEXT: _Look(align=text, form=TEXT_FORMAT),
        Style.LINE: _Look(align=left, form=TEXT_FORMAT),
        Style.COUNT: _Look(align=center, form="0"),
        Style.SCORE: _Look(align=right, form="0.00"),
        Style.TOTAL: _Look(_font(bold=True), right, form="0.00"),
        Style.PLACE: _Look(_font(bold=True), center, form="0"),
        Style.VALUE: _Look(align=right),
        Style.NUMBER_FACT: _Look(align=left),
        Style.MOMENT: _Look(align=left, form="yyyy-mm-dd hh:mm:ss"),
        Style.DAY: _Look(align=left, form="yyyy-mm-dd"),
        Style.MONEY: _Look(align=right, form="#,##0.00"),
    }
    return {style: look.named(style) for style, look in looks.items()}


def _font(**wish: object) -> Font:
    return Font(**{"name": "Calibri", "family": 2, "size": 11, **wish})


HEADER_FONT = _font(bold=True, color="FFFFFF")


@dataclass(frozen=True)
class _Look:
    font: Font = field(default_factory=_font)
    align: Mapping[str, object] = field(default_factory=dict)
    fill: str = ""
    form: str = "General"

    def named(self, name: str) -> NamedStyle:
        """What has an alignment stands in a table and has its lines."""
        return NamedStyle(
            name=f"Sumani {name}",
            font=self.font,
            fill=PatternFill("solid", fgColor=self.fill) if self.fill else None,
            border=Border(bottom=LINE) if self.align else None,
            alignment=Alignment(**self.align),
            number_format=self.form,
        )
