"""Checking, sending, the receipt; confirming, sharing, withdrawing, taking over."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.errors import Invalid
from core.pages.forms import Form
from core.pages.views import FormPage, Page
from submissions import consents, preparing, services
from submissions.api.content_serializers import ContentSerializer
from submissions.checks import warnings
from submissions.comparing import flat, marks, nested
from submissions.consenting import change_publication_consent
from submissions.content import freeze
from submissions.drafting import save_typed
from submissions.pages.content import item_of
from submissions.pages.own_entries import OwnEntry, agreement_on, photos_to_declare
from submissions.pages.parts import label_of, part_with
from submissions.pages.sending_forms import (
    ConsentForm,
    ReasonForm,
    RecallForm,
    SendForm,
    SignedForm,
)
from submissions.pages.showing import told_state
from submissions.pages.whole import whole_of
from submissions.selectors import progress_of, suggestions_for

_VIEW = "submissions.view_working_copy"


class _EntryForm(OwnEntry, FormPage):
    """A form about the entry that leads back to its tasks."""

    def get_success_url(self):
        return reverse("submissions:entry", args=[self.entry.pk])

    def signature(self):
        """Fill in what is known of who signs, and what they read."""
        return {"version": self.entry.version, "signed_by": self.request.user.name}


class SendPage(_EntryForm):
    """Everything once more, the consents, the signature."""

    permission_map = {"get": _VIEW, "post": "submissions.submit"}
    template_name = "submissions/send.html"
    form_class = SendForm

    def find(self):
        """Let the clock judge that decides: the database's."""
        entry = super().find()
        entry.contest.moment = clock.database_now()
        return entry

    def form_arguments(self):
        return {
            "rules": self.rules,
            "is_own": self.is_own,
            "initial": self.signature(),
        }

    def save(self, form):
        values = form.cleaned_data
        services.submit(
            submission=self.entry,
            expected_version=values["version"],
            signed_by=values["signed_by"],
            signed_role=values["signed_role"],
            consents=form.consents,
            by=self.request.user,
        )
        return redirect("submissions:receipt", self.entry.pk)

    def get_context_data(self, **kwargs):
        entry, rules = self.entry, self.rules
        missing = [
            (name, label_of(name, rules), part_with(name, rules))
            for name in progress_of(entry, rules).missing
        ]
        return super().get_context_data(
            missing=missing,
            warnings=warnings(entry),
            whole=whole_of(entry, rules),
            texts_version=consents.TEXTS_VERSION,
            state=told_state(entry),
            **agreement_on(entry),
            **kwargs,
        )


class ReceiptPage(OwnEntry, Page):
    """What proves what was sent last, and when."""

    permission_map = {"get": "submissions.view_versions"}
    template_name = "submissions/receipt.html"

    def get(self, request, *args, **kwargs):
        if self.entry.current_version is None:
            return redirect("submissions:entry", self.entry.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        version = self.entry.current_version
        content = version.content
        return super().get_context_data(
            receipt=version,
            content=content,
            agreed=[
                box for box in consents.asked() if content.consents.get(box["code"])
            ],
            files=content.document.get("files", []),
            to_declare=photos_to_declare(self.entry, self.request.user),
            state=told_state(self.entry),
            **kwargs,
        )


class ConfirmPage(_EntryForm):
    """The organisation agrees to what others prepared for it."""

    permission_map = {"get": _VIEW, "post": "submissions.confirm"}
    template_name = "submissions/confirm.html"
    form_class = SignedForm

    def form_arguments(self):
        return {"initial": self.signature()}

    def save(self, form):
        values = dict(form.cleaned_data)
        preparing.confirm(
            submission=self.entry,
            expected_version=values.pop("version"),
            by=self.request.user,
            **values,
        )
        messages.success(self.request, _("You have confirmed the entry."))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            whole=whole_of(self.entry, self.rules),
            agreement=_(consents.CONFIRMATION_TEXT),
            texts_version=consents.TEXTS_VERSION,
            **kwargs,
        )


class MorePage(OwnEntry, Page):
    """What is done rarely: share the draft, withdraw, take back, the consent."""

    permission_map = {"get": _VIEW}
    template_name = "submissions/more.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            reason=ReasonForm(prefix="withdraw"),
            state=told_state(self.entry),
            **kwargs,
        )


class SharePage(_EntryForm):
    """Lets the coordinators look at the draft, or no longer."""

    permission_map = {"get": _VIEW, "post": "submissions.share"}
    template_name = "submissions/reason.html"
    form_class = Form

    def get(self, request, *args, **kwargs):  # noqa: ARG002 -- Django's signature
        """Lead to where it is asked: this page only takes the answer."""
        return redirect("submissions:entry-more", self.entry.pk)

    def save(self, _form):
        shared = self.request.POST.get("shared") == "yes"
        preparing.share(submission=self.entry, shared=shared, by=self.request.user)
        said = (
            _("The organiser may look at the entry now.")
            if shared
            else _("The organiser may no longer look at what is not sent.")
        )
        messages.success(self.request, said)


class WithdrawPage(_EntryForm):
    """Takes the entry out of the contest, with a reason."""

    permission_map = {"get": _VIEW, "post": "submissions.withdraw"}
    template_name = "submissions/reason.html"
    form_class = ReasonForm

    def save(self, form):
        services.withdraw(
            submission=self.entry, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("The entry is withdrawn."))

    def get_context_data(self, **kwargs):
        said = {
            "heading": _("Withdraw the entry"),
            "about": _("It takes no part from now on; nothing of it is deleted."),
            "button": _("Withdraw it"),
        }
        return super().get_context_data(**said, **kwargs)


class RestorePage(_EntryForm):
    """Takes the withdrawal back."""

    permission_map = {"get": _VIEW, "post": "submissions.restore"}
    template_name = "submissions/reason.html"
    form_class = ReasonForm

    def find(self):
        """Let the clock judge that decides: the database's."""
        entry = super().find()
        entry.contest.moment = clock.database_now()
        return entry

    def save(self, form):
        services.restore(
            submission=self.entry, by=self.request.user, **form.cleaned_data
        )
        messages.success(self.request, _("The entry takes part again."))

    def get_context_data(self, **kwargs):
        said = {
            "heading": _("Take the withdrawal back"),
            "about": _("The entry is again what it was before."),
            "button": _("Let it take part again"),
        }
        return super().get_context_data(**said, **kwargs)


class ConsentPage(_EntryForm):
    """Gives the consent to publish, or takes it back, at any time."""

    permission_map = {"get": _VIEW, "post": "submissions.change_consent"}
    template_name = "submissions/reason.html"
    form_class = ConsentForm

    def form_arguments(self):
        initial = self.signature() | {"publication": self.entry.publication_allowed}
        return {"initial": initial}

    def save(self, form):
        values = dict(form.cleaned_data)
        change_publication_consent(
            submission=self.entry,
            given=values.pop("publication"),
            by=self.request.user,
            **values,
        )
        messages.success(self.request, _("Saved."))

    def get_context_data(self, **kwargs):
        said = {"heading": _("Consent to publish"), "about": "", "button": _("Save")}
        return super().get_context_data(**said, **kwargs)


class RecallPage(_EntryForm):
    """Offers what the register and last year's entry say, marked as old."""

    permission_map = {
        "get": "submissions.view_suggestions",
        "post": "submissions.change",
    }
    template_name = "submissions/recall.html"
    form_class = RecallForm

    def form_arguments(self):
        return {"suggestions": suggestions_for(self.entry)}

    def save(self, form):
        reader = ContentSerializer(data=nested(form.taken, {}), partial=True)
        if not reader.is_valid():
            raise Invalid(_("These values cannot be taken over as they are."))
        values = dict(reader.validated_data)
        typed = flat(values)
        saved = save_typed(
            submission=self.entry,
            typed=typed,
            before=marks(flat(freeze(self.entry)), typed),
            by=self.request.user,
        )
        if saved.refused:
            raise Invalid(saved.refused[0].message, errors=saved.refused)
        messages.success(self.request, _("Taken over. Look through it: it is old."))

    def get_context_data(self, **kwargs):
        rows = [
            {
                "number": number,
                "item": self._item(one),
                "edition": one.edition,
            }
            for number, one in enumerate(suggestions_for(self.entry))
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def _item(self, one):
        document = nested({one.field: one.value}, {})
        return item_of(self.entry, document, self.rules, one.field)
