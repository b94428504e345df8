"""A rulebook as the seven questions that make one.

Seven, because without an answer to each no contest can be run: what it is called; who
may enter; what is judged and how much it weighs; on which scale; what is awarded; how
many jurors and scores an entry needs; who learns what, and how long it takes. All else
has a default that is right for most, and a page of its own.
"""

from copy import deepcopy
from fractions import Fraction

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.rules_forms import (
    PartForm,
    code_for,
    keyed,
    number_field,
    whole_field,
    written,
)
from contest.pages.texts import first_of, gather, spread, text_fields
from core.localized import localized

KEPT = "kept"  # a choice that the form cannot say in its own words
SCALE = ("minimum", "maximum", "step")
_ENTERS = [
    ("owner", gettext_lazy("the organisation itself")),
    ("action_group", gettext_lazy("a local action group")),
    ("nominator", gettext_lazy("a nominator")),
    ("secretariat", gettext_lazy("the secretariat of the contest")),
]
COMMENTS = [
    ("off", gettext_lazy("not asked")),
    ("optional", gettext_lazy("may be written")),
    ("required", gettext_lazy("must be written")),
]
_NAMED = [
    ("coordinators", gettext_lazy("never made public")),
    ("published", gettext_lazy("made public with the result")),
]
_SAME = ("min_scores", "jurors_per_entry", "who_enters")
_SEEN = ("juror_names", "deliberation")
_TIMES = ("announce_days", "collection_days", "collection_days_max")


class RulebookForm(PartForm):
    """The questions, filled from the version in force."""

    parts = ("criteria", "nominations")

    who_enters = forms.MultipleChoiceField(
        label=gettext_lazy("Who may enter"),
        choices=_ENTERS,
        widget=forms.CheckboxSelectMultiple,
    )
    scale_minimum = number_field(gettext_lazy("Lowest point"))
    scale_maximum = number_field(gettext_lazy("Highest point"))
    scale_step = number_field(
        gettext_lazy("Step"),
        help_text=gettext_lazy(
            "Words beside points that a new scale does not have are taken away."
        ),
    )
    comment = forms.ChoiceField(
        label=gettext_lazy("Comment of a juror to each criterion"), choices=COMMENTS
    )
    jurors_per_entry = whole_field(
        gettext_lazy("Jurors for each entry"), required=False
    )
    min_scores = whole_field(gettext_lazy("Scores that an entry needs to get a place"))
    juror_names = forms.ChoiceField(
        label=gettext_lazy("Names of the jurors"), choices=_NAMED
    )
    deliberation = forms.BooleanField(
        label=gettext_lazy("Jurors see each other’s scores once judging is closed"),
        required=False,
    )
    announce_days = whole_field(
        gettext_lazy("Days from announcing to opening"), min_value=0, max_value=365
    )
    collection_days = whole_field(
        gettext_lazy("Days of collection"), min_value=0, max_value=365
    )
    collection_days_max = whole_field(
        gettext_lazy("Days of collection at most, extended"), max_value=730
    )

    def add_fields(self):
        """Add the name of the rules, and a row for each criterion and nomination."""
        title = text_fields("title", _("Name of the rules"), max_length=300)
        self.named = list(title)
        self.fields.update(title)
        self.rows = {
            "criteria": self._rows("criteria", self._of_criterion),
            "nominations": self._rows("nominations", self._of_nomination),
        }
        self._leave_out_what_differs(self.document["criteria"])

    def _leave_out_what_differs(self, criteria):
        """Ask once for all criteria only what is the same for all of them."""
        if any(row["scale"] != criteria[0]["scale"] for row in criteria):
            for end in SCALE:
                del self.fields[f"scale_{end}"]
        if any(row["comment"] != criteria[0]["comment"] for row in criteria):
            del self.fields["comment"]

    def _rows(self, part, more):
        """Add the fields of each row of a part, and of some empty ones."""
        names = []
        for number, (key, row) in enumerate(keyed(part, self.document[part]), start=1):
            label = _("{number}. Name").format(number=number)
            fields = text_fields(key, label, max_length=300)
            fields |= {f"{key}_{name}": field for name, field in more(row).items()}
            self.fields.update(fields)
            names += fields
        return names

    @staticmethod
    def _of_criterion(row):
        return {
            "weight": number_field(
                _("Weight"), min_value=0, initial=None if row else "1", required=False
            ),
            "counted": forms.BooleanField(
                label=_("Counts in the total"), initial=not row, required=False
            ),
        }

    def _of_nomination(self, row):
        criteria = [
            (c["code"], localized(c["title"])) for c in self.document["criteria"]
        ]
        choices = [("", _("every criterion, by its weight")), *criteria]
        if row and _ranked_by(row) == KEPT:
            choices.append((KEPT, _("as now")))
        return {
            "places": whole_field(_("Places awarded"), required=False),
            "by": forms.ChoiceField(
                label=_("Ranked by"), choices=choices, required=False
            ),
        }

    def sections(self):
        """The seven, each with its fields, in their order."""
        scale = self.section(*(f"scale_{end}" for end in SCALE), "comment")
        return [
            (_("What are the rules called?"), self.section(*self.named)),
            (_("Who may enter?"), self.section("who_enters")),
            (
                _("What is judged, and how much does each weigh?"),
                self.section(*self.rows["criteria"]),
            ),
            (_("On which scale?"), scale),
            (_("What is awarded?"), self.section(*self.rows["nominations"])),
            (
                _("How many jurors and scores does an entry need?"),
                self.section("jurors_per_entry", "min_scores"),
            ),
            (
                _("Who learns what, and how long does it take?"),
                self.section(*_SEEN, *_TIMES),
            ),
        ]

    @classmethod
    def shown(cls, document):
        first = document["criteria"][0]
        seen = {"juror_names": "coordinators", "deliberation": False}
        values = {
            **spread("title", document.get("title", {})),
            **{f"scale_{end}": value for end, value in first["scale"].items()},
            "who_enters": document.get("who_enters", ["owner", "secretariat"]),
            "min_scores": document["min_scores"],
            "jurors_per_entry": document.get("jurors_per_entry"),
            **(seen | document.get("visibility", {})),
            **document["timetable"],
            "comment": first["comment"],
        }
        for key, row in keyed("criteria", document["criteria"]):
            if row is None:
                continue
            values |= spread(key, row["title"])
            values[f"{key}_weight"] = row["weight"]
            values[f"{key}_counted"] = row["counted"]
        for key, row in keyed("nominations", document["nominations"]):
            if row is None:
                continue
            values |= spread(key, row["title"])
            values[f"{key}_places"] = row["places"]
            values[f"{key}_by"] = _ranked_by(row)
        return values

    def write(self, values, document):
        document["title"] = gather("title", values)
        for name in _SAME:
            document[name] = values[name]
        document["visibility"] = {name: values[name] for name in _SEEN}
        for name in _TIMES:
            document["timetable"][name] = values[name]
            self.asked_at[f"timetable.{name}"] = name
        document["criteria"] = list(self._criteria(values))
        document["nominations"] = list(self._nominations(values))
        first, _row = next(keyed("criteria", self.document["criteria"]))
        self.asked_at["criteria"] = first_of(first)
        self.asked_at["title"] = first_of("title")

    def _named(self, part, values):
        """Yield key, row and text of the rows that have a text: empty ones go."""
        count = 0
        for key, row in keyed(part, self.document[part]):
            if text := gather(key, values):
                self.asked_at[f"{part}.{count}"] = first_of(key)
                count += 1
                yield key, deepcopy(row), text

    def _criteria(self, values):
        taken = {c["code"] for c in self.document["criteria"]}
        pattern = {**self.document["criteria"][0], "help": {}, "words": {}}
        pattern.pop("nominations", None)
        rows = self._named("criteria", values)
        for place, (key, row, title) in enumerate(rows):
            made = row or {**pattern, "code": code_for(title, taken)}
            taken.add(made["code"])
            made |= {"title": title, "comment": values.get("comment", made["comment"])}
            made["weight"] = written(values[f"{key}_weight"]) or "1"
            made["counted"] = values[f"{key}_counted"]
            self.asked_at[f"criteria.{place}.weight"] = f"{key}_weight"
            if "scale_minimum" in values:
                scale = {end: written(values[f"scale_{end}"]) for end in SCALE}
                if scale != made["scale"]:
                    words = _still_on(scale, made.get("words", {}))
                    made |= {"scale": scale, "words": words}
                self.asked_at[f"criteria.{place}.scale"] = "scale_minimum"
                for end in SCALE:
                    self.asked_at[f"criteria.{place}.scale.{end}"] = f"scale_{end}"
            yield made

    def _nominations(self, values):
        taken = {n["code"] for n in self.document["nominations"]} | {"overall"}
        rows = self._named("nominations", values)
        for place, (key, row, title) in enumerate(rows):
            made = row or {"code": code_for(title, taken), "entries": "all"}
            taken.add(made["code"])
            made |= {"title": title, "places": values[f"{key}_places"]}
            by = values[f"{key}_by"]
            if by != KEPT and (row is None or by != _ranked_by(row)):
                made["weights"] = {by: "1"} if by else None
            self.asked_at[f"nominations.{place}.places"] = f"{key}_places"
            self.asked_at[f"nominations.{place}.weights"] = f"{key}_by"
            yield made


def _ranked_by(nomination):
    """Say by what a nomination ranks, where it is one criterion alone or the total."""
    weights = nomination["weights"]
    if weights is None:
        return ""
    return next(iter(weights)) if list(weights.values()) == ["1"] else KEPT


def _still_on(scale, words):
    """Keep the words beside points that a new scale has as well."""
    low, high, step = (Fraction(scale[end]) for end in SCALE)
    return {
        value: text
        for value, text in words.items()
        if low <= (point := Fraction(value)) <= high
        and step
        and not (point - low) % step
    }
