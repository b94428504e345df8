"""Pages of one contest: found once, with its course and what its reader is there."""

from django.contrib import messages
from django.utils.translation import gettext as _

from contest.models import Contest
from contest.rules import with_roles_of
from core.errors import Stale
from core.pages.views import FormPage


class OfContest:
    """A page of the contest that its address names, judged against it.

    ``section`` is the page of the contest's navigation under which it stands.
    """

    section = ""

    def find(self):
        """Find the contest; pages of a part of it find that as well."""
        return self.contest_of_address()

    def contest_of_address(self):
        """Load the contest with what every page of it asks."""
        contests = with_roles_of(Contest.objects.with_course(), self.request.user)
        return self.fetch(contests, slug=self.kwargs["slug"])

    @property
    def contest(self):
        """The contest, also where the page is about a part of it."""
        return self.subject

    def get_context_data(self, **kwargs):
        """Let every template know the contest."""
        return super().get_context_data(contest=self.contest, **kwargs)


class Versioned:
    """A form over something that two may change at once, mixed into a page."""

    def thing(self):
        """Tell what is changed."""
        raise NotImplementedError

    def change(self, form, version):
        """Call the service; it refuses what is stale."""
        raise NotImplementedError

    def values(self):
        """Give what is stored as the form shows it."""
        return self.form_class.values_of(self.thing())

    def form_arguments(self):
        """Show what is stored."""
        return {"initial": self.values()}

    def save(self, form):
        """Change it; what somebody stored in between is shown beside what was typed."""
        try:
            self.change(form, form.cleaned_data.pop("version"))
        except Stale as refusal:
            self.subject = self.find()
            form.keep_both(self.values(), refusal.extra["current_version"])
            raise
        messages.success(self.request, _("Saved."))


class VersionedPage(OfContest, Versioned, FormPage):
    """A form over something of a contest that two may change at once."""

    heading = ""

    def thing(self):
        """Tell what is changed."""
        return self.contest

    def get_context_data(self, **kwargs):
        """Name what the form is about."""
        return super().get_context_data(heading=self.heading, **kwargs)
