"""Pages over the version in force: they judge the shape and make the next version."""

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from contest import rulemaking
from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.differences import differences
from contest.pages.bases import VersionedPage
from core.api.problems import field_errors
from core.errors import Conflict, Invalid, NotYours
from core.policy import allows


class RulesPage(VersionedPage):
    """A form over the version in force, which makes the next one."""

    section = "contest:rulebook"

    def thing(self):
        return self.contest.rules_in_force

    def form_arguments(self):
        return {**super().form_arguments(), "document": self.thing().document}

    def get_success_url(self):
        return reverse("contest:rulebook", args=[self.contest.slug])


class PartPage(RulesPage):
    """A part of the rules: everybody who prepares reads it, before judging a form."""

    permission_map = {
        "get": "contest.view_timetable",
        "post": "contest.change_rulebook",
    }
    template_name = "contest/rules_part.html"
    intro = ""
    leads_to = "contest:rulebook"

    def which(self):
        """Tell which row of the rules the address names."""
        return {}

    def row_of(self, part):
        """Find the row of a part of the rules that the address names by its code."""
        rows, code = self.thing().document[part], self.kwargs["code"]
        if found := next((row for row in rows if row["code"] == code), None):
            return found
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )

    def values(self):
        return self.form_class.values_of(self.thing(), **self.which())

    def form_arguments(self):
        return {**super().form_arguments(), **self.which()}

    def change(self, form, version):
        document = shaped(form.new_document())
        if not differences(shaped(self.thing().document), document):
            raise Conflict(_("Nothing differs from the rules in force."))
        rulemaking.change_rulebook(
            contest=self.contest,
            document=document,
            reason=form.cleaned_data["reason"],
            expected_version=version,
            by=self.request.user,
        )

    def get_success_url(self):
        return reverse(self.leads_to, args=[self.contest.slug])

    def get_context_data(self, **kwargs):
        changes = allows(self.request.user, "contest.change_rulebook", self.contest)
        return super().get_context_data(changes=changes, intro=self.intro, **kwargs)


def shaped(document):
    """Judge the shape as the API does; a refusal names every place that is wrong."""
    shape = RulebookDocumentSerializer(data=document)
    try:
        shape.is_valid(raise_exception=True)
    except ValidationError as refusal:
        found = list(field_errors(refusal))
        raise Invalid(found[0].message, errors=found) from None
    return shape.validated_data
