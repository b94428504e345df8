"""What may still change once judging has begun: weights, places, ties, the minimum."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.criterion_forms import read_weights, shown_weights, weight_fields
from contest.pages.limit_forms import read_ties, shown_ties, tie_fields
from contest.pages.rules_forms import PartForm, number_field, whole_field, written
from core.localized import localized
from core.pages.forms import TextField


class WeightsForm(PartForm):
    """All of it with a reason: it changes the places of what was scored already."""

    minimum_score = number_field(
        gettext_lazy("Minimum score, below which there is no place"), required=False
    )
    places = whole_field(
        gettext_lazy("Places awarded in the overall list"), required=False
    )
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def add_fields(self):
        """Add a weight for each criterion, and the places and weights of each list."""
        self.weights = weight_fields(self.document, "weight", required=True)
        self.ties = tie_fields(self.document)
        self.fields.update(self.weights | self.ties)
        self.lists = []
        for row in self.document["nominations"]:
            title = localized(row["title"])
            label = _("Places: {name}").format(name=title)
            fields = {f"places_{row['code']}": whole_field(label, required=False)}
            fields |= weight_fields(self.document, f"of_{row['code']}", title)
            self.fields.update(fields)
            self.lists.append((title, list(fields)))

    def sections(self):
        own = _("{nomination} (weights left empty: as the total)")
        return [
            (_("The total"), self.section(*self.weights, "minimum_score", "places")),
            (_("Equal totals, in this order"), self.section(*self.ties)),
            *(
                (own.format(nomination=title), self.section(*names))
                for title, names in self.lists
            ),
        ]

    @classmethod
    def shown(cls, document):
        values = {
            "minimum_score": document["minimum_score"],
            "places": document.get("places"),
            **{f"weight_{c['code']}": c["weight"] for c in document["criteria"]},
            **shown_ties(document),
        }
        for row in document["nominations"]:
            values[f"places_{row['code']}"] = row["places"]
            values |= shown_weights(row, f"of_{row['code']}")
        return values

    def write(self, values, document):
        document["minimum_score"] = written(values["minimum_score"])
        document["places"] = values["places"]
        for row in document["criteria"]:
            row["weight"] = written(values[f"weight_{row['code']}"])
        for place, row in enumerate(document["nominations"]):
            code = row["code"]
            row["places"] = values[f"places_{code}"]
            row["weights"] = read_weights(values, document, f"of_{code}")
            first = document["criteria"][0]["code"]
            self.asked_at[f"nominations.{place}"] = f"of_{code}_{first}"
        document["tie_breaks"], asked = read_ties(values, self.ties)
        self.asked_at |= asked
        self.asked_at["criteria"] = next(iter(self.weights))
