"""The edition's own questions: their order, each in full, and a look at it first."""

from django.utils.translation import gettext as _

from contest import rulemaking
from contest.pages.order_views import OrderedPage
from contest.pages.question_forms import LookForm, QuestionForm, QuestionsForm
from contest.pages.rules_views import PartPage, shaped


class QuestionsPage(OrderedPage):
    """The order of the questions, and which are taken out."""

    form_class = QuestionsForm
    part = "questions"
    template_name = "contest/questions.html"

    @property
    def heading(self):
        return _("Own questions")


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
