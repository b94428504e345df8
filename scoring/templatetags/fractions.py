"""Exact numbers as people read them."""

from fractions import Fraction

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def decimal(number: Fraction | None) -> str:
    """``{{ mean|decimal }}``: with two digits after the comma."""
    return "–" if number is None else number_format(round(float(number), 2), 2)


@register.filter
def percent(share: Fraction | None, sign: str = "") -> str:
    """``{{ share|percent }}``; with ``:"+"`` a share above zero says so."""
    if share is None:
        return "–"
    rounded = round(float(share) * 100)
    plus = sign if rounded > 0 else ""
    return f"{plus}{rounded} %".replace("-", "−")
