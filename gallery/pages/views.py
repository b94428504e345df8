from django import forms
from django.http import FileResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from contest import rulebook
from contest.models import Contest
from contest.pages.bases import OfContest
from core import clock
from core.contact import house
from core.errors import Gone, NotYours
from core.pages.views import Page
from gallery import privacy
from gallery.selectors import (
    awarded_photos,
    contests_to_enter_first,
    honours_of,
    published_result,
    winners_of,
)
from scoring.naming import published_panel
from submissions import storage

# Asked about at every showing: the consent to it may be taken back.
_PHOTO_KEPT = "public, no-cache"


class HomePage(Page):
    """The first page: the contests that a person may know of, open ones first."""

    permission_map = {"get": "contest.list"}
    template_name = "gallery/home.html"

    def get_context_data(self, **kwargs):
        seen = Contest.objects.visible_to(self.request.user).with_course()
        contests = contests_to_enter_first(seen, clock.now())
        return super().get_context_data(contests=contests, **kwargs)


class ContestPage(OfContest, Page):
    """One contest: its rules, criteria with weights, timetable, what one needs."""

    permission_map = {"get": "contest.view"}
    template_name = "gallery/contest.html"

    def get_context_data(self, **kwargs):
        contest = self.subject
        return super().get_context_data(
            state=contest.state_at(clock.now()),
            rules=rulebook.read_version(contest.rules_in_force),
            logos=contest.logos.shown(),
            **kwargs,
        )


class ResultsPage(ContestPage):
    """Who won, with the jury's words; at the same address for good."""

    permission_map = {"get": "gallery.view_result"}
    template_name = "gallery/results.html"

    def get_context_data(self, **kwargs):
        frozen = published_result(self.subject)
        if frozen is None:
            raise NotYours(_("This contest has no result yet."))
        return super().get_context_data(
            frozen=frozen,
            lists=winners_of(self.subject, frozen),
            honours=honours_of(self.subject, frozen),
            panel=published_panel(self.subject),
            **kwargs,
        )


class PhotoPage(ContestPage):
    """A photo of an awarded entry, made small, as everybody may see it."""

    permission_map = {"get": "gallery.view_result"}

    def get(self, request, slug, pk):  # noqa: ARG002 -- Django's signature
        photo = self.fetch(awarded_photos(self.subject), pk=pk)
        etag = quote_etag(photo.pk.hex)  # its bytes never change
        response = get_conditional_response(request, etag=etag) or _bytes_of(photo)
        response["Cache-Control"], response["ETag"] = _PHOTO_KEPT, etag
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _bytes_of(photo):
    path = storage.path_of(photo.preview_name)
    if not path.exists():
        raise Gone(_("This file is no longer kept."))
    return FileResponse(path.open("rb"), content_type="image/jpeg")


class _CameFrom(forms.Form):
    contest = forms.SlugField()


class PrivacyPage(Page):
    """The notice of GDPR Art. 13 and 14, of the contest that one comes from.

    Else, and where somebody may not know of that one, of all announced contests.
    """

    permission_map = {"get": "gallery.read_statement"}
    template_name = "gallery/privacy.html"

    def get_context_data(self, **kwargs):
        contest = self._contest()
        organisers = privacy.controllers(contest)
        return super().get_context_data(
            contest=contest,
            organisers=organisers,
            house=house(),
            periods=privacy.periods(),
            authorities=privacy.authorities(organisers),
            all_authorities=privacy.ALL_AUTHORITIES,
            **kwargs,
        )

    def _contest(self):
        form = _CameFrom(self.request.GET)
        if not form.is_valid():
            return None
        seen = Contest.objects.visible_to(self.request.user)
        related = seen.select_related("series__organiser")
        return related.filter(slug=form.cleaned_data["contest"]).first()


class AccessibilityPage(Page):
    permission_map = {"get": "gallery.read_statement"}
    template_name = "gallery/accessibility.html"
