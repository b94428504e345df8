"""The audit trail of a contest, searched and turned page by page."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from core.pages.forms import Form, TextField
from core.pages.views import Page
from scoring.labels import ACTION_LABELS, action_label
from scoring.pages.bases import OfResults
from scoring.recorded import described

_ON_A_PAGE = 50


def _actions():
    named = [(code, action_label(code)) for code in ACTION_LABELS]
    return [("", _("everything")), *sorted(named, key=lambda each: each[1].lower())]


def _day(label):
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class TrailForm(Form):
    """What of the record is looked for."""

    action = forms.ChoiceField(
        label=gettext_lazy("What was done"), choices=_actions, required=False
    )
    about = TextField(
        label=gettext_lazy("About"),
        help_text=gettext_lazy("A reference, or a juror’s key such as J03."),
        max_length=100,
        required=False,
    )
    since = _day(gettext_lazy("From the day"))
    until = _day(gettext_lazy("To the day"))


class AuditPage(OfResults, Page):
    """Judged as the results are: the record tells who judges which entry."""

    permission_map = {"get": "contest.view_audit"}
    template_name = "scoring/audit.html"
    section = "scoring:audit"

    def get_context_data(self, **kwargs):
        form = TrailForm(self.request.GET or None)
        wanted = form.cleaned_data if form.is_valid() else {}
        events = Event.objects.filter(contest_id=self.contest.pk)
        events = _found(events, wanted, ZoneInfo(self.contest.time_zone))
        pages = Paginator(events.order_by("-at", "pk"), _ON_A_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form=form,
            page=page,
            rows=described(self.contest, page),
            **kwargs,
        )


def _found(events, wanted, zone):
    """Narrow the events down; days are those of the contest's zone, ends included."""
    if wanted.get("action"):
        events = events.filter(action=wanted["action"])
    if wanted.get("about"):
        events = events.filter(subject_label__icontains=wanted["about"])
    if wanted.get("since"):
        events = events.filter(at__gte=_midnight(wanted["since"], zone))
    if wanted.get("until"):
        after = wanted["until"] + timedelta(days=1)
        events = events.filter(at__lt=_midnight(after, zone))
    return events


def _midnight(day, zone):
    return datetime.combine(day, time.min, zone)
