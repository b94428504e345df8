"""An entry's list of tasks, the pages of its form, and its print."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.pages.devices import device
from contest.answers import asked
from core.errors import NotYours, SumaniError
from core.pages import kept
from core.pages.views import FormPage, Page
from submissions.checks import warnings
from submissions.comparing import flat
from submissions.content import freeze
from submissions.drafting import save_typed
from submissions.life import found_wanting
from submissions.pages.content_fields import shown
from submissions.pages.content_form import ContentForm
from submissions.pages.own_entries import (
    OwnEntry,
    agreement_on,
    offers_answers,
    photos_to_declare,
)
from submissions.pages.parts import (
    PARTS,
    is_untouched,
    label_of,
    part_with,
    parts_of,
)
from submissions.pages.showing import told_state
from submissions.pages.whole import whole_of
from submissions.rules import asks_for
from submissions.selectors import names_of, progress_of

_JSON = "application/json"


class EntryPage(OwnEntry, Page):
    """What is done, what is missing, until when: the way through the form."""

    permission_map = {"get": "submissions.view_working_copy"}
    template_name = "submissions/entry.html"

    def get_context_data(self, **kwargs):
        entry, rules = self.entry, self.rules
        progress = progress_of(entry, rules)
        missing = {part.code: [] for part in PARTS}
        for name in progress.missing:
            if part := part_with(name, rules):
                missing[part.code].append((name, label_of(name, rules)))
        files = list(entry.attachments.in_working_copy())
        return super().get_context_data(
            progress=progress,
            tasks=[
                (part, missing[part.code], is_untouched(part, entry, rules))
                for part in parts_of(rules)
            ],
            state=told_state(entry),
            files=files,
            undeclared=[file for file in files if file.is_undeclared],
            warnings=warnings(entry),
            **agreement_on(entry),
            offers=offers_answers(entry, self.request.user),
            unmet=found_wanting(entry),
            to_declare=photos_to_declare(entry, self.request.user),
            waits=asks_for(self.request.user, entry.organisation_id),
            asked_again=[label_of(name, rules) for name in entry.returned_fields],
            **kwargs,
        )


class PartPage(OwnEntry, FormPage):
    """One page of the form. With ``Accept: application/json`` it saves as one types."""

    permission_map = {
        "get": "submissions.view_working_copy",
        "post": "submissions.change",
    }
    template_name = "submissions/part.html"
    form_class = ContentForm

    def find(self):
        entry = super().find()
        self.part = next((p for p in PARTS if p.code == self.kwargs["part"]), None)
        if self.part is None:
            raise NotYours(_("There is nothing at this address."))
        return entry

    def form_arguments(self):
        return {"entry": self.subject, "part": self.part}

    def post(self, request, *args, **kwargs):  # noqa: ARG002 -- Django's signature
        """Save what can be saved; show or tell what could not."""
        kept.forget(request)
        form = ContentForm(request.POST, **self.form_arguments())
        was_asked = self._asked()
        collided, status = [], HTTPStatus.OK
        if self.too_late:
            form.refuse_late(self.too_late)
            return self.told(form, self.too_late.status)
        if not form.is_valid():
            status = HTTPStatus.BAD_REQUEST
        try:
            collided = self._save(form)
        except NotYours:
            raise
        except SumaniError as refusal:
            form.refuse(refusal)
            return self.told(form, refusal.status)
        if collided:
            return self.told(form, HTTPStatus.PRECONDITION_FAILED, collided)
        if form.errors:
            return self.told(form, status or HTTPStatus.BAD_REQUEST)
        if self._wants_json():
            return self.told(form, HTTPStatus.OK)
        return redirect(self._next(is_same=self._asked() == was_asked))

    def _save(self, form):
        saved = save_typed(
            submission=self.subject,
            typed=form.typed,
            before=form.before,
            by=self.request.user,
            device=device(self.request.headers.get("User-Agent", "")),
        )
        self.subject = form.entry = saved.entry
        for error in saved.refused:
            form.add_error(error.field, str(error.message))
        return saved.collided

    def told(self, form, status, collided=()):
        """Answer as asked: with the page, or in short for the script of the page."""
        if form.errors and status == HTTPStatus.OK:
            status = HTTPStatus.BAD_REQUEST
        if not self._wants_json():
            form.told = set(collided)
            collisions = [self._collision(name, form) for name in collided]
            context = self.get_context_data(form=form, collisions=collisions)
            return self.render_to_response(context, status=status)
        found = {
            "saved_at": self._saved_at(),
            "marks": form.marks,
            "version": self.entry.version,
            "errors": form.errors,
            "unsaved": form.unsaved,
            "collided": [label_of(name, self.rules) for name in collided],
        }
        return JsonResponse(found, status=status)

    def get_context_data(self, **kwargs):
        codes = [part.code for part in parts_of(self.rules)]
        number = codes.index(self.part.code) + 1 if self.part.code in codes else 0
        return super().get_context_data(
            part=self.part,
            number=number,
            count=len(codes) + 2,  # files, and the sending
            saved_at=self._saved_at(),
            **kwargs,
        )

    def _collision(self, name, form):
        """Both texts, and who saved the other one when."""
        entry = self.entry
        value = flat(freeze(entry)).get(name)
        touch = entry.touched.get(name, {})
        by = UUID(touch["by"]) if touch else None
        return {
            "name": name,
            "label": label_of(name, self.rules),
            "theirs": shown(name, value, form.pack) or "–",
            "mine": form[name].value() or "–",
            "is_own": by == self.request.user.pk,
            "who": names_of([by]).get(by, "") if by else "",
            "device": touch.get("on", ""),
            "at": datetime.fromisoformat(touch["at"]) if touch else entry.changed_at,
        }

    def _asked(self):
        content = {
            "answers": self.subject.answers,
            "nominations": self.subject.nominations,
        }
        return [q["code"] for q in asked(self.rules.questions, content)]

    def _saved_at(self):
        zone = ZoneInfo(self.entry.contest.time_zone)
        return f"{self.entry.changed_at.astimezone(zone):%H:%M}"

    def _wants_json(self):
        return self.request.headers.get("Accept") == _JSON

    def _next(self, *, is_same):
        """The page that follows; this one again where an answer opened questions."""
        codes = [part.code for part in parts_of(self.rules)]
        here = codes.index(self.part.code) if self.part.code in codes else len(codes)
        if code := self.request.POST.get("attach_to"):
            asked_for = urlencode({"question": code})
            return f"{self._address('submissions:entry-files')}?{asked_for}"
        if self.request.POST.get("then") == "list":
            return self._address("submissions:entry")
        opens_here = not is_same and any(self.part.questions(self.rules))
        if opens_here:
            return self._address("submissions:entry-part", self.part.code)
        if here + 1 < len(codes):
            return self._address("submissions:entry-part", codes[here + 1])
        return self._address("submissions:entry-files")

    def _address(self, name, *words):
        return reverse(name, args=[self.entry.pk, *words])


class PrintPage(OwnEntry, Page):
    """The whole entry on paper: the working copy, or with ``?sent`` what is entered."""

    permission_map = {"get": "submissions.view_working_copy"}
    template_name = "submissions/entry_print.html"

    def get_context_data(self, **kwargs):
        entry = self.entry
        return super().get_context_data(
            whole=whole_of(entry, self.rules, sent="sent" in self.request.GET),
            state=told_state(entry),
            **kwargs,
        )
