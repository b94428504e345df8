"""What was written in the contest's name and what became of it; reminders."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from mail.models import Message
from mail.selectors import counts_of, messages_of
from scoring import reminding
from scoring.labels import advice_on, kind_of_message
from scoring.pages.bases import OfResults
from submissions.selectors import names_of

_State = Message.State
_STATES = {
    _State.UNDELIVERED: gettext_lazy("Not delivered"),
    _State.WAITING: gettext_lazy("Waiting"),
    _State.SENT: gettext_lazy("Sent out"),
}


class OfMessages(OfResults):
    section = "scoring:messages"


class MessagesPage(OfMessages, Page):
    """All messages of the contest, those that did not arrive first."""

    permission_map = {"get": "scoring.view_messages"}
    template_name = "scoring/messages.html"

    def get_context_data(self, **kwargs):
        counts = counts_of(self.contest.pk)
        state = self.request.GET.get("state")
        found = messages_of(self.contest.pk)
        if state in _STATES:
            found = found.in_state(state)
        page = page_of(self.request, found)
        names = names_of(each.person_id for each in page if each.person_id)
        for each in page:
            each.kind = kind_of_message(each.template)
            each.name = names.get(each.person_id, "")
            each.advice = advice_on(each.error)
        return super().get_context_data(
            page=page,
            undelivered=counts[_State.UNDELIVERED],
            filters=_filters(counts, state),
            **kwargs,
        )


def _filters(counts, state):
    """Give each choice of the list: its word, label, number, whether it is chosen."""
    every = [("", _("All messages"), sum(counts.values()), state not in _STATES)]
    return every + [
        (code, label, counts[code], code == state) for code, label in _STATES.items()
    ]


class MessageRetryPage(OfMessages, Page):
    """Has a message sent again; the list shows what comes of it."""

    permission_map = {"post": "scoring.retry_message"}

    def post(self, request, slug, pk):
        reminding.retry_message(contest=self.contest, message_id=pk, by=request.user)
        messages.success(request, _("The message waits to be sent again."))
        return redirect("scoring:messages", slug)


class ReminderPage(OfMessages, FormPage):
    """Who would be reminded and how it reads; sent with one button."""

    template_name = "scoring/reminder.html"
    whom = ""
    heading = ""
    nobody = ""

    def save(self, form):  # noqa: ARG002 -- nothing is typed
        reminded = reminding.remind(
            contest=self.contest, whom=self.whom, by=self.request.user
        )
        if reminded.queued:
            said = ngettext(
                "{count} reminder waits to be sent.",
                "{count} reminders wait to be sent.",
                reminded.queued,
            )
            messages.success(self.request, said.format(count=reminded.queued))
        else:
            messages.warning(
                self.request,
                _("Nobody was written to: all were reminded today, or all has come."),
            )

    def get_success_url(self):
        return reverse("scoring:messages", args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        shown = reminding.preview_reminder(
            contest=self.contest, whom=self.whom, by=self.request.user
        )
        page = page_of(self.request, shown.to)
        names = names_of(each.person_id for each in page if each.person_id)
        return super().get_context_data(
            shown=shown,
            page=page,
            rows=[
                (each, names.get(each.person_id, ""), each.address in shown.new)
                for each in page
            ],
            heading=self.heading,
            nobody=self.nobody,
            **kwargs,
        )


class EntrantReminderPage(ReminderPage):
    whom = reminding.ENTRANTS
    permission_map = {
        "get": "scoring.remind_entrants",
        "post": "scoring.remind_entrants",
    }
    heading = gettext_lazy("Remind of entries that are not sent")
    nobody = gettext_lazy("Nobody: all that can still be sent has been sent.")


class JurorReminderPage(ReminderPage):
    whom = reminding.JURORS
    permission_map = {
        "get": "scoring.remind_jurors",
        "post": "scoring.remind_jurors",
    }
    heading = gettext_lazy("Remind jurors of open sheets")
    nobody = gettext_lazy("Nobody: every juror has sent all sheets.")
