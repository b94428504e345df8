"""What the pages of judging ask beside the general tags."""

import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from scoring import progress
from scoring.exclusions import KIND_LABELS

register = template.Library()
# How a state of a sheet is called, and the looks of its chip.
_STATES = {
    progress.NOT_OPENED: (_("Not opened"), ""),
    progress.BEGUN: (_("Draft"), "warn"),
    progress.COMPLETE: (_("Draft, complete"), "warn"),
    progress.SENT: (_("Sent in"), "good"),
    progress.CONFLICT: (_("Conflict"), "bad"),
}


@register.filter
def sheet_state(state: str) -> SafeString:
    """``{{ sheet.state|sheet_state }}``: a chip with the state in words."""
    label, looks = _STATES[state]
    return format_html('<span class="chip {}">{}</span>', looks, label)


@register.filter
def saved_at(moment: datetime, zone: str) -> SafeString:
    """``{{ line.saved_at|saved_at:contest.time_zone }}``: the time, today alone."""
    there = timezone.localtime(moment, zoneinfo.ZoneInfo(zone))
    today = timezone.localtime(clock.now(), zoneinfo.ZoneInfo(zone)).date()
    words = f"{there:%H:%M}" if there.date() == today else f"{there:%Y-%m-%d %H:%M}"
    return format_html('<time datetime="{}">{}</time>', there.isoformat(), words)


@register.simple_tag
def sheet_bars(counts: progress.Counts) -> SafeString:
    """``{% sheet_bars counts %}``: one bar, a part for each state; told in words."""
    whole = counts.assigned or 1
    parts, begins = [], 0.0
    for state in (
        progress.SENT,
        progress.COMPLETE,
        progress.BEGUN,
        progress.NOT_OPENED,
    ):
        width = 100 * getattr(counts, state) / whole
        parts.append((state, f"{begins:.2f}", f"{width:.2f}"))
        begins += width
    bars = format_html_join(
        "", '<rect class="{}" x="{}" y="0" width="{}" height="10"/>', parts
    )
    told = _("{sent} of {assigned} sent, {complete} complete, {begun} begun").format(
        sent=counts.sent,
        assigned=counts.assigned,
        complete=counts.complete,
        begun=counts.begun,
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"'
        ' aria-label="{}"><title>{}</title>{}</svg>',
        told,
        told,
        bars,
    )


@register.filter
def words(text: str) -> str:
    """Show a reason in the reader's language where the house found it."""
    return gettext(text) if text else ""


@register.filter
def kind_of_exclusion(kind: str) -> str:
    """Name why a pair does not count."""
    return gettext(KIND_LABELS[kind])


@register.filter
def of(mapping: Mapping[Any, Any], key: Any) -> Any:
    """``{{ names|of:sheet.reference }}``: what stands under a key, or nothing."""
    return mapping.get(key)
