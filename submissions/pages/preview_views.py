"""The entry form as an entrant will meet it, with nothing to send."""

from django.utils.translation import gettext as _

from contest.answers import NOMINATIONS, code_of
from contest.pages.bases import OfContest
from contest.pages.question_fields import question_field
from contest.rulebook import read_version
from core.localized import localized
from core.pages.forms import Form
from core.pages.views import Page
from organisations.countries import country
from submissions.labels import FIELD_LABELS
from submissions.pages.content_fields import fixed_field
from submissions.pages.parts import ANSWER, parts_of


class FormPreviewPage(OfContest, Page):
    """Every page of the form by the rules in force, one below the other."""

    permission_map = {"get": "contest.view_timetable"}
    template_name = "submissions/form_preview.html"
    section = "contest:rulebook"

    def get_context_data(self, **kwargs):
        rules = read_version(self.contest.rules_in_force)
        pack = country(self.contest.series.organiser.country)
        pages = [(part, _rows(part, rules, pack)) for part in parts_of(rules)]
        return super().get_context_data(pages=pages, **kwargs)


def _rows(part, rules, pack):
    """Give the fields of a page, each with the condition of its question in words."""
    form = Form(prefix=part.code)
    questions = {f"{ANSWER}{q['code']}": q for q in part.questions(rules)}
    rows = []
    for name in part.names(rules):
        question = questions.get(name)
        form.fields[name] = (
            question_field(question) if question else fixed_field(name, rules, pack)
        )
        when = question["when"] if question else None
        rows.append((form[name], _condition(when, rules) if when else ""))
    return rows


def _condition(when, rules):
    """Say where a question is asked: “Kind: oats, rye”."""
    yes_no = {"yes": _("yes"), "no": _("no")}
    title, rows = FIELD_LABELS[NOMINATIONS], rules.nominations
    named = {row.code: localized(row.title) for row in rows}
    if when["question"] != NOMINATIONS:
        asked = next(q for q in rules.questions if q["code"] == when["question"])
        title = localized(asked["title"])
        named = {row["code"]: localized(row["title"]) for row in asked["choices"]}
    said = [code_of(value) for value in when["is"]]
    words = ", ".join((named or yes_no).get(code, code) for code in said)
    return _("{question}: {answer}").format(question=title, answer=words)
