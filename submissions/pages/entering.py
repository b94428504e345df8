"""How an entry begins: choose, find or add the organisation, then write."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contest.models import Contest
from contest.rulebook import read_version
from core import clock
from core.errors import NotYours
from core.pages.forms import Form
from core.pages.signing_in import to_sign_in
from core.pages.views import FormPage
from organisations.models import Organisation
from submissions.models import Submission
from submissions.pages.forms import EnterForm
from submissions.pages.own_entries import offers_answers
from submissions.preparing import helps_as
from submissions.selectors import ways_to_enter
from submissions.services import create_submission

_By = Submission.EnteredBy
MOST_FOUND = 20


class EnterPage(FormPage):
    """The door of a contest for organisations; a visitor is shown it from outside."""

    permission_map = {"get": "contest.view", "post": "contest.view"}
    template_name = "submissions/enter.html"
    form_class = EnterForm

    def find(self):
        return self.fetch(Contest.objects.with_course(), slug=self.kwargs["slug"])

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return super().post(request, *args, **kwargs)

    def save(self, form):
        values = form.cleaned_data
        found = {o.pk: o for o in self._named(values)}
        entry = create_submission(
            contest=self.subject,
            organisation=_known(found, values["organisation"]),
            entered_by=values["entered_by"] or _By.OWNER,
            prepared_by=_known(found, values["prepared_by"]),
            by=self.request.user,
        )
        offers = offers_answers(entry, self.request.user)
        where = "submissions:entry-recall" if offers else "submissions:entry"
        return redirect(where, entry.pk)

    def get_context_data(self, form: Form, **kwargs):
        person, words = self.request.user, self.request.GET.get("q", "").strip()
        rules = read_version(self.subject.rules_in_force)
        state = self.subject.state_at(clock.now())
        ways = ways_to_enter(self.subject, person) if person.is_authenticated else []
        return super().get_context_data(
            contest=self.subject,
            form=form,
            state=state,
            is_open=state.phase == "open" or any(way.open_until for way in ways),
            ways=ways,
            words=words,
            found=found_by(words) if person.is_authenticated else None,
            most=MOST_FOUND,
            helpers=[
                (way.organisation, kind)
                for way in ways
                if not way.waits and (kind := helps_as(way.organisation, rules))
            ],
            nominates=_By.NOMINATOR in rules.who_enters,
            **kwargs,
        )

    @staticmethod
    def _named(values):
        named = {values["organisation"], values["prepared_by"]} - {None}
        return Organisation.objects.standing().filter(pk__in=named)


def _known(found, pk):
    if pk is None:
        return None
    if pk not in found:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    return found[pk]


def found_by(words):
    """The rows that the words find; None where nothing was looked for."""
    if not words:
        return None
    return Organisation.objects.standing().found_by(words)[:MOST_FOUND]
