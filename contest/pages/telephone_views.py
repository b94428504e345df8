from django.template.response import TemplateResponse

from contest.pages.bases import OfContest
from contest.pages.telephone_forms import TelephoneCodeForm
from contest.telephone import give_telephone_code
from core.pages.views import FormPage


class TelephoneCodePage(OfContest, FormPage):
    """Gives a code to read out; it is shown once, in the answer."""

    section = "contest:people"
    permission_map = {
        "get": "contest.give_telephone_code",
        "post": "contest.give_telephone_code",
    }
    template_name = "contest/telephone_code.html"
    form_class = TelephoneCodeForm

    def save(self, form):
        given = give_telephone_code(
            contest=self.contest, by=self.request.user, **form.cleaned_data
        )
        context = self.get_context_data(given=given, email=form.cleaned_data["email"])
        return TemplateResponse(
            self.request, "contest/telephone_code_told.html", context
        )
