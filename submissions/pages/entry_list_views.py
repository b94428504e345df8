"""The coordinator's list of entries: narrowed, ordered, and what is done to many."""

from itertools import product

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Juror
from contest.pages.bases import OfContest
from contest.rulebook import read_version
from core.localized import localized
from core.pages.paging import page_of
from core.pages.views import FormPage, Page
from submissions import assigning, eligibility
from submissions.api.filters import SubmissionFilter
from submissions.narrowing import matching, narrowed, places_of, shortages_for
from submissions.overseeing import (
    choose_columns,
    columns_of,
    entries_overseen,
)
from submissions.pages import entry_columns
from submissions.pages.entry_list_forms import (
    CHECKLIST,
    ColumnsForm,
    EntryFilterForm,
    TickedForm,
)
from submissions.selectors import know_contests

_SHOWN_OF = ("organisation", "current_version__content")
_NAMED = 10  # entries of which a message says why they were left
_LIST = "submissions:manage-entries"


class EntriesPage(OfContest, Page):
    """Every entry that its reader sees by office, with what the columns tell."""

    permission_map = {"get": "submissions.view"}
    template_name = "submissions/manage_entries.html"
    section = _LIST

    def get_context_data(self, **kwargs):
        overseen = entries_overseen(self.contest, self.request.user)
        form = EntryFilterForm(self.request.GET, offered=self._offered(overseen))
        form.is_valid()
        columns = entry_columns.shown(columns_of(self.contest, self.request.user))
        order = self._order()
        page = page_of(self.request, self._keys(overseen, form, order))
        shown = self._entries(list(page.object_list), [c.code for c in columns], order)
        return super().get_context_data(
            form=form,
            page=page,
            rows=list(self._rows(shown, columns)),
            heads=[self._head(column, order) for column in columns],
            fixed=[self._fixed(*each, order) for each in _fixed_heads()],
            order=order,
            asked=self.request.GET.urlencode(),
            columns_form=ColumnsForm(initial={"columns": [c.code for c in columns]}),
            **kwargs,
        )

    def _order(self):
        asked = self.request.GET.get("order", "")
        return asked if asked.removeprefix("-") in entry_columns.ORDERS else "reference"

    def _offered(self, overseen):
        """What the list can be narrowed to, where there is something to tell apart."""
        contest, person = self.contest, self.request.user
        rules = read_version(contest.rules_in_force)
        places, groups = places_of(overseen)
        return {
            "nomination": [
                (each.code, localized(each.title, fallback=contest.fallback_language))
                for each in rules.nominations
                if each.entries == "chosen"
            ],
            "municipality": entry_columns.municipalities(places),
            "action_group": [(group, group) for group in groups],
            "checklist": CHECKLIST if rules.eligibility else [],
            "few": [(each.code, each.label) for each in shortages_for(contest, person)],
        }

    def _keys(self, overseen, form, order):
        """Only keys: what the columns count is counted for one page."""
        wanted = form.cleaned_data
        entries = narrowed(
            overseen,
            form.narrowing(),
            contest=self.contest,
            user=self.request.user,
        )
        picked = {name: wanted.get(name) for name in ("state", "entered_by")}
        entries = SubmissionFilter(picked, queryset=entries).qs
        entries = _ordered(entries, order)
        if text := wanted.get("q"):
            return matching(entries, text)
        return entries.values_list("pk", flat=True)

    def _entries(self, keys, codes, order):
        entries = self.contest.submissions.filter(pk__in=keys).select_related(
            *_SHOWN_OF
        )
        shown = list(_ordered(entry_columns.with_counts(entries, codes), order))
        know_contests(shown, [self.contest])
        return shown

    def _rows(self, entries, columns):
        rules = read_version(self.contest.rules_in_force)
        for entry in entries:
            cells = [(column, column.cell(entry, rules)) for column in columns]
            is_ready = not rules.unmet(entry.checks)
            yield {
                "entry": entry,
                "title": entry.title_told,
                "cells": cells,
                "is_ready": is_ready,
            }

    def _head(self, column, order):
        return self._fixed(column.label, column.order, order) | {"column": column}

    @staticmethod
    def _fixed(label, key, order):
        """How a column is sorted now, and what a click on its head asks for."""
        sorted_now = ""
        if key and order.removeprefix("-") == key:
            sorted_now = "descending" if order.startswith("-") else "ascending"
        turned = f"-{key}" if sorted_now == "ascending" else key
        return {"label": label, "asks": turned, "sorted": sorted_now}


def list_of(slug, asked):
    """Where the list is, narrowed and turned to the page that was asked for."""
    where = reverse(_LIST, args=[slug])
    return f"{where}?{asked.urlencode()}" if asked else where


def _fixed_heads():
    return ((_("Reference"), "reference"), (_("Title"), ""), (_("State"), "state"))


def _ordered(entries, order):
    sign = "-" if order.startswith("-") else ""
    by = entry_columns.ORDERS[order.removeprefix("-")]
    return entries.order_by(f"{sign}{by}", "reference", "created_at", "pk")


class EntryColumnsPage(OfContest, Page):
    """Keeps which columns a person shows."""

    permission_map = {"post": "submissions.view"}

    def post(self, request, slug):
        form = ColumnsForm(request.POST)
        if form.is_valid():
            codes = form.cleaned_data["columns"]
            choose_columns(contest=self.contest, columns=codes, by=request.user)
        return redirect(list_of(slug, request.GET))


class TickedPage(OfContest, FormPage):
    """Something done to the entries that were ticked in the list."""

    section = _LIST
    http_method_names = ["post"]

    def admit(self, request, action):
        Page.admit(self, request, action)
        self.too_late = None

    def form_class(self, *args, **kwargs):
        entries = entries_overseen(self.contest, self.request.user)
        return TickedForm(*args, entries=entries, **kwargs)

    def get_success_url(self):
        return list_of(self.contest.slug, self.request.GET)

    def answer(self, form, status=200):  # noqa: ARG002 -- the list itself answers
        """Nothing was typed that could be lost: the list says what is wrong."""
        for sentence in form.errors.values():
            messages.error(self.request, sentence[0])
        return redirect(self.get_success_url())


class DecideEntriesPage(TickedPage):
    permission_map = {"post": "submissions.decide_eligibility"}

    def save(self, form):
        decided = eligibility.decide_complete(
            submissions=form.cleaned_data["entry"], by=self.request.user
        )
        count = len(decided.done)
        if count:
            told = ngettext(
                "{count} entry is eligible now.",
                "{count} entries are eligible now.",
                count,
            )
            messages.success(self.request, told.format(count=count))
        for entry, refusal in decided.left[:_NAMED]:
            messages.warning(self.request, f"{entry.reference}: {refusal.message}")
        if more := len(decided.left) - _NAMED:
            self._tell_more(more)

    def _tell_more(self, more):
        if more > 0:
            told = ngettext(
                "{count} more entry was left as it is.",
                "{count} more entries were left as they are.",
                more,
            )
            messages.warning(self.request, told.format(count=more))


class AssignEntriesPage(TickedPage):
    """Gives the ticked entries to everybody who votes and whose group judges them."""

    permission_map = {"post": "submissions.assign"}

    def save(self, form):
        jurors = Juror.objects.voting().filter(contest=self.contest)
        pairs = product(
            [entry.pk for entry in form.cleaned_data["entry"]],
            jurors.values_list("pk", flat=True),
        )
        made = assigning.assign(
            contest=self.contest,
            pairs=list(pairs),
            by_groups=True,
            by=self.request.user,
        )
        told = ngettext(
            "{count} new assignment.", "{count} new assignments.", made.created
        )
        messages.success(self.request, told.format(count=made.created))
        left = [entry.reference for entry, _has in made.short]
        if left:
            named = ", ".join(left[:_NAMED] + ["…"] * (len(left) > _NAMED))
            messages.warning(self.request, f"{_('Too few jurors may score:')} {named}")
