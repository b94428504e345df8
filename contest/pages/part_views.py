"""The parts of the rules beyond the seven questions, each on a page of its own."""

from django.utils.translation import gettext as _

from contest.pages.award_forms import SpecialAwardsForm
from contest.pages.criterion_forms import CriterionForm, NominationForm
from contest.pages.limit_forms import LimitsForm, PlacesForm, RequirementsForm
from contest.pages.rules_views import PartPage
from core.localized import localized


class RowPage(PartPage):
    """One row of the rules, by its code; its name is the heading."""

    def which(self):
        return {"code": self.row()["code"]}

    @property
    def heading(self):
        return localized(self.row()["title"])

    def row(self):
        """Find the row that the address names."""
        return self.row_of(self.form_class.part)


class CriterionPage(RowPage):
    form_class = CriterionForm

    @property
    def intro(self):
        return _("What a juror reads and how it is answered.")


class NominationPage(RowPage):
    form_class = NominationForm

    @property
    def intro(self):
        return _("Its name and the places awarded stand among the seven questions.")


class LimitsPage(PartPage):
    form_class = LimitsForm

    @property
    def heading(self):
        return _("What may be entered")

    @property
    def intro(self):
        return _(
            "All limits look at the organisation that owns an entry, whoever prepares"
            " it. Empty: there is no limit."
        )


class RequirementsPage(PartPage):
    form_class = RequirementsForm

    @property
    def heading(self):
        return _("Requirements")

    @property
    def intro(self):
        return _(
            "Sentences of the rules that an eligible entry meets; they make the"
            " checklist. To take one out, empty its sentence."
        )


class SpecialAwardsPage(PartPage):
    form_class = SpecialAwardsForm

    @property
    def heading(self):
        return _("Special awards")

    @property
    def intro(self):
        return _(
            "Awards beside the places, such as a commendation or a sponsor's prize: the"
            " commission gives them by a decision. To take one out, empty its name."
        )


class PlacesPage(PartPage):
    form_class = PlacesForm

    @property
    def heading(self):
        return _("Places and decisions")

    @property
    def intro(self):
        return _(
            "How scores become places, what separates equal totals, and what takes two"
            " persons."
        )
