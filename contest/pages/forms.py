"""What a coordinator types on the pages of an edition."""

import zoneinfo
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import FIRST_YEAR, LAST_YEAR
from core.pages.forms import Form, TextField

_LOCAL = "%Y-%m-%dT%H:%M"
REASON_LENGTH = 2000


class ZonedDateTimeField(forms.Field):
    """A date and an hour in a zone: the browser's own picker, told and taken there.

    An hour that a change of the clocks passes over is refused: nobody means it.
    """

    def __init__(self, *, zone, **kwargs):
        self.zone = zoneinfo.ZoneInfo(zone)
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL)
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value):
        """Show a stored time as the wall clock of the zone."""
        if isinstance(value, datetime):
            return f"{value.astimezone(self.zone):{_LOCAL}}"
        return value

    def to_python(self, value):
        """Read a wall clock of the zone."""
        if not value:
            return None
        try:
            naive = datetime.fromisoformat(value)
        except ValueError:
            naive = None
        if naive is None or naive.tzinfo or not FIRST_YEAR <= naive.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Write date and time such as 2026-09-30 17:00.")
            )
        moment = naive.replace(tzinfo=self.zone)
        there = moment.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(self.zone)
        if there.replace(tzinfo=None) != naive:
            raise forms.ValidationError(
                _("The clocks pass over this hour on that day; take another one.")
            )
        return moment

    def has_changed(self, initial, data):
        """Compare as the wall clock shows it."""
        return self.prepare_value(initial) != data


class DeadlineForm(Form):
    """A new end of collection for all, and why."""

    reason = TextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whoever reads the audit trail sees it."),
        max_length=REASON_LENGTH,
        multiline=True,
    )
    field_order = ["until", "reason"]

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"] = ZonedDateTimeField(
            zone=zone,
            label=_("New deadline"),
            help_text=_("Date and time in the zone {zone}.").format(zone=zone),
        )
        self.order_fields(self.field_order)
