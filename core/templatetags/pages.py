"""What our templates ask: rights, texts of a contest, times in its zone."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.localized import localized
from core.pages import kept
from core.policy import allows
from core.times import in_zone, local_time

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Mapping[str, Any], action: str, obj: Any = None) -> bool:
    """``{% may "contest.change" contest as changes %}``: ask the matrix."""
    return allows(context["request"].user, action, obj)


@register.simple_tag(takes_context=True)
def rendered_for(context: Mapping[str, Any]) -> SafeString | str:
    """``{% rendered_for %}`` beside ``{% csrf_token %}``: ``core.pages.kept``."""
    person = context["request"].user
    if not person.is_authenticated:
        return ""
    mark = kept.mark_of(person)
    return format_html('<input type="hidden" name="{}" value="{}">', kept.MARK, mark)


@register.filter
def text(texts: Mapping[str, str] | None, fallback: str = "") -> str:
    """``{{ contest.description|text }}``: in the reader's language."""
    return localized(texts or {}, fallback=fallback)


@register.filter
def local(moment: datetime | None, zone: str = "") -> SafeString | str:
    """``{{ contest.deadline|local:contest.time_zone }}``: date, time and offset."""
    if moment is None:
        return ""
    words = local_time(moment, zone, is_exact=False)
    there = in_zone(moment, zone)
    return format_html('<time datetime="{}">{}</time>', there.isoformat(), words)


@register.filter
def local_short(moment: datetime | None, zone: str = "") -> SafeString | str:
    """As ``local`` in few letters, for tables: ``2026-11-22 14:03``."""
    if moment is None:
        return ""
    there = in_zone(moment, zone)
    return format_html(
        '<time datetime="{}">{}</time>', there.isoformat(), f"{there:%Y-%m-%d %H:%M}"
    )


@register.filter
def plain(number: Rational) -> str:
    """``{{ criterion.weight|plain }}``: an exact number as people write it."""
    exact = Fraction(number)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    if Fraction(value) != exact:  # a third has no end
        return str(exact)
    return number_format(f"{value.normalize():f}")
