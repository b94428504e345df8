"""Small pictures of numbers: SVG without styles of its own, each said in words too."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from scoring.distributions import Bar, Distribution

register = template.Library()
_WIDTH, _HEIGHT = 320, 96
_LABELS_BELOW = 16


@register.simple_tag
def spread_picture(
    total: Decimal | None, spread: Decimal | None, highest: float
) -> SafeString:
    """Draw a total as a point on the whole scale, and the spread to both sides."""
    if total is None or spread is None:
        return SafeString("")
    there, half = float(total) * 100 / highest, float(spread) * 100 / highest
    low, high = max(0.0, there - half), min(100.0, there + half)
    return format_html(
        '<svg class="spread" viewBox="0 0 100 12" width="100" height="12"'
        ' aria-hidden="true"><line class="scale" x1="0" y1="6" x2="100" y2="6"/>'
        '<line class="range" x1="{}" y1="6" x2="{}" y2="6"/>'
        '<circle cx="{}" cy="6" r="2"/></svg>',
        f"{low:.1f}",
        f"{high:.1f}",
        f"{there:.1f}",
    )


@register.simple_tag
def histogram(distribution: Distribution, title: str) -> SafeString:
    """Draw how many scores lie at each value; the table beside it has the numbers."""
    bars = distribution.bars
    most = max((bar.count for bar in bars), default=0) or 1
    said = ", ".join(f"{bar.label}: {bar.count}" for bar in bars)
    return format_html(
        '<svg class="histogram" viewBox="0 0 {} {}" role="img">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        _WIDTH,
        _HEIGHT + _LABELS_BELOW,
        _("How many scores: {title}").format(title=title),
        said,
        format_html_join("", _BAR, _bars(bars, most)),
        format_html_join("", _LABEL, _labels(bars)),
    )


_BAR = '<rect x="{}" y="{}" width="{}" height="{}"/>'
_LABEL = '<text x="{}" y="{}">{}</text>'


def _bars(bars: Sequence[Bar], most: int) -> list[tuple[str, str, str, str]]:
    step = _WIDTH / len(bars)
    return [
        (
            f"{number * step + 1:.1f}",
            f"{_HEIGHT - bar.count * _HEIGHT / most:.1f}",
            f"{step - 2:.1f}",
            f"{bar.count * _HEIGHT / most:.1f}",
        )
        for number, bar in enumerate(bars)
    ]


def _labels(bars: Sequence[Bar]) -> list[tuple[str, str, str]]:
    """Name the first and the last bar; all where there is room."""
    step = _WIDTH / len(bars)
    has_room = max(len(bar.label) for bar in bars) * 8 < step
    last = len(bars) - 1
    return [
        (f"{(number + 0.5) * step:.1f}", str(_HEIGHT + 13), bar.label)
        for number, bar in enumerate(bars)
        if has_room or number in {0, last}
    ]
