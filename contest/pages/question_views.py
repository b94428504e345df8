"""The edition's own questions: their order, each in full, and a look at it first."""

from django.utils.translation import gettext as _

from contest import rulemaking
from contest.pages.question_forms import LookForm, QuestionForm, QuestionsForm
from contest.pages.rules_views import PartPage, shaped
from core.errors import Stale

_ACTS = ("up", "down", "out", "back")


class QuestionsPage(PartPage):
    """The order; what is moved or taken out waits on the page until it is saved."""

    form_class = QuestionsForm
    template_name = "contest/questions.html"

    @property
    def heading(self):
        return _("Own questions")

    def save(self, form):
        for name in _ACTS:
            if name in self.request.POST:
                form.act(name, self.request.POST[name])
                return self.answer(form)
        number = form.cleaned_data["version"]
        try:
            return super().save(form)
        except Stale:
            if seen := self.contest.rulebooks.filter(number=number).first():
                form.spare_unseen(seen.document)
            raise


class QuestionPage(PartPage):
    """One question; the button “look” shows it and saves nothing."""

    form_class = QuestionForm
    template_name = "contest/question.html"
    leads_to = "contest:questions"

    @property
    def heading(self):
        return _("Change a question")

    def which(self):
        return {"code": self.row_of("questions")["code"]}

    def save(self, form):
        if "look" not in self.request.POST:
            return super().save(form)
        document = shaped(form.new_document())
        rulemaking.require_consistent(document)
        return self.render_to_response(
            self.get_context_data(form=form, look=LookForm(questions=[form.written]))
        )


class NewQuestionPage(QuestionPage):
    """One more question, which comes last."""

    @property
    def heading(self):
        return _("A new question")

    def which(self):
        return {}
