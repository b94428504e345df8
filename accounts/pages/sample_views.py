from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.pages.opening import open_session
from accounts.samples import samples
from core.errors import NotYours
from core.pages.views import Page


class SampleSignInPage(Page):
    """Signs in as one of a demonstration's people; nothing where there is none."""

    permission_map = {"post": "accounts.sign_in_as_sample"}

    def post(self, request):
        if request.user.is_authenticated:
            return redirect("scoring:desk")
        wanted = request.POST.get("person", "")
        for sample in samples():
            if str(sample.person.pk) == wanted:
                return open_session(request, sample.person, own_device=False)
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
