"""A rulebook as questions: seven that make one, the rest under “Advanced”.

Seven, because without an answer to each no contest can be run: what it is called; who
may enter; what is judged and how much it weighs; on which scale; what is awarded; how
many jurors and scores an entry needs; who learns what, and how long it takes. All else
has a default that is right for most. What a form does not ask stays as it is.
"""

from copy import deepcopy

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.people_forms import ReasonForm
from contest.pages.texts import gather, spread, text_fields
from core.localized import localized
from core.pages.forms import TextField, VersionedForm

SPARE = 2  # empty rows for further criteria, nominations, requirements
_ENTERS = [
    ("owner", gettext_lazy("the organisation itself")),
    ("action_group", gettext_lazy("a local action group")),
    ("nominator", gettext_lazy("a nominator")),
    ("secretariat", gettext_lazy("the secretariat of the contest")),
]
_COMMENTS = [
    ("off", gettext_lazy("not asked")),
    ("optional", gettext_lazy("may be written")),
    ("required", gettext_lazy("must be written")),
]
_NAMED = [
    ("coordinators", gettext_lazy("never made public")),
    ("published", gettext_lazy("made public with the result")),
]


def _number(label, **kwargs):
    return forms.DecimalField(label=label, max_digits=12, decimal_places=4, **kwargs)


def _whole(label, **kwargs):
    kwargs = {"min_value": 1, "max_value": 1000, **kwargs}
    return forms.IntegerField(label=label, **kwargs)


def written(number):
    """Write a number as a rulebook does: exact, without needless zeros."""
    return None if number is None else f"{number.normalize() + 0:f}"


def code_for(texts, taken):
    """Make a code out of a title; one that is taken gets a number."""
    base = slugify(localized(texts)).replace("-", "_").strip("_")[:30]
    base = base if base[:1].isalpha() else f"c_{base}".rstrip("_")
    return next(
        code
        for code in (base, *(f"{base}_{n}" for n in range(2, 100)))
        if code not in taken
    )


class RulebookForm(VersionedForm):
    """The questions, filled from the version in force."""

    who_enters = forms.MultipleChoiceField(
        label=gettext_lazy("Who may enter"),
        choices=_ENTERS,
        widget=forms.CheckboxSelectMultiple,
    )
    scale_minimum = _number(gettext_lazy("Lowest point"))
    scale_maximum = _number(gettext_lazy("Highest point"))
    scale_step = _number(gettext_lazy("Step"))
    jurors_per_entry = _whole(gettext_lazy("Jurors for each entry"), required=False)
    min_scores = _whole(gettext_lazy("Scores that an entry needs to get a place"))
    juror_names = forms.ChoiceField(
        label=gettext_lazy("Names of the jurors"), choices=_NAMED
    )
    deliberation = forms.BooleanField(
        label=gettext_lazy("Jurors see each other’s scores once judging is closed"),
        required=False,
    )
    announce_days = _whole(
        gettext_lazy("Days from announcing to opening"), min_value=0, max_value=365
    )
    collection_days = _whole(
        gettext_lazy("Days of collection"), min_value=0, max_value=365
    )
    collection_days_max = _whole(
        gettext_lazy("Days of collection at most, extended"), max_value=730
    )
    comment = forms.ChoiceField(
        label=gettext_lazy("Comment of a juror to each criterion"), choices=_COMMENTS
    )
    minimum_score = _number(
        gettext_lazy("Minimum score, below which there is no place"), required=False
    )
    short_list = _whole(gettext_lazy("Short list"), max_value=100_000, required=False)
    entries_per_organisation = _whole(
        gettext_lazy("Entries of one organisation at most"), required=False
    )
    may_be_ongoing = forms.BooleanField(
        label=gettext_lazy("Projects that are not finished may enter"), required=False
    )
    two_persons = forms.BooleanField(
        label=gettext_lazy("Publishing and the like need a second coordinator"),
        required=False,
    )
    reason = TextField(
        label=gettext_lazy("Why it changes"),
        max_length=2000,
        multiline=True,
        required=False,
    )

    def __init__(self, *args, document, **kwargs):
        self.document = document
        super().__init__(*args, **kwargs)
        title = text_fields("title", _("Name of the rules"), max_length=300)
        self.named = list(title)
        self.fields.update(title)
        self.rows = {
            "criteria": self._rows("criteria", "title", self._of_criterion),
            "nominations": self._rows("nominations", "title", self._of_nomination),
            "eligibility": self._rows("eligibility", "text", lambda _row: {}),
        }
        self._leave_out_what_differs(document["criteria"])

    def _leave_out_what_differs(self, criteria):
        """Ask once for all criteria only what is the same for all of them."""
        if any(row["scale"] != criteria[0]["scale"] for row in criteria):
            for name in ("scale_minimum", "scale_maximum", "scale_step"):
                del self.fields[name]
        if any(row["comment"] != criteria[0]["comment"] for row in criteria):
            del self.fields["comment"]

    def _rows(self, part, text, more):
        """Add the fields of each row of a part, and of some empty ones."""
        given = [*self.document[part], *[None] * SPARE]
        names = []
        for number, row in enumerate(given, start=1):
            key = f"{part}_{number}"
            label = _("{number}. Name").format(number=number)
            fields = text_fields(
                key, label, max_length=300 if text == "title" else 1000
            )
            self.initial |= spread(key, row[text] if row else {})
            fields |= {f"{key}_{name}": field for name, field in more(row).items()}
            self.fields.update(fields)
            names.append(list(fields))
        return names

    @staticmethod
    def _of_criterion(row):
        weight = row["weight"] if row else "1"
        counted = row["counted"] if row else True
        return {
            "weight": _number(_("Weight"), min_value=0, initial=weight, required=False),
            "counted": forms.BooleanField(
                label=_("Counts in the total"), initial=counted, required=False
            ),
        }

    def _of_nomination(self, row):
        criteria = [
            (c["code"], localized(c["title"])) for c in self.document["criteria"]
        ]
        weights = row["weights"] if row else None
        now = next(iter(weights)) if weights and len(weights) == 1 else ""
        choices = [("", _("every criterion, by its weight")), *criteria]
        if weights and len(weights) > 1:
            now = "kept"
            choices.append(("kept", _("as now")))
        return {
            "places": _whole(
                _("Places awarded"), initial=row and row["places"], required=False
            ),
            "by": forms.ChoiceField(
                label=_("Ranked by"), choices=choices, initial=now, required=False
            ),
        }

    def section(self, *names):
        """Give the fields of these names that are asked."""
        return [self[name] for name in names if name in self.fields]

    @property
    def questions(self):
        """The seven, each with its fields, in their order."""
        rows = {p: [n for row in names for n in row] for p, names in self.rows.items()}
        scale = self.section("scale_minimum", "scale_maximum", "scale_step")
        return [
            (_("What are the rules called?"), self.section(*self.named)),
            (_("Who may enter?"), self.section("who_enters")),
            (
                _("What is judged, and how much does each weigh?"),
                self.section(*rows["criteria"]),
            ),
            (_("On which scale?"), scale),
            (_("What is awarded?"), self.section(*rows["nominations"])),
            (
                _("How many jurors and scores does an entry need?"),
                self.section("jurors_per_entry", "min_scores"),
            ),
            (
                _("Who learns what, and how long does it take?"),
                self.section(
                    *("juror_names", "deliberation", "announce_days"),
                    *("collection_days", "collection_days_max"),
                ),
            ),
        ]

    @property
    def advanced(self):
        """What has a default that is right for most."""
        rows = [name for row in self.rows["eligibility"] for name in row]
        return self.section(
            *("comment", "minimum_score", "short_list", "entries_per_organisation"),
            *("may_be_ongoing", "two_persons", *rows),
        )

    @staticmethod
    def values_of(version):
        """Give the values of a version as the form shows them."""
        document = version.document
        first = document["criteria"][0]
        seen, times = document.get("visibility", {}), document["timetable"]
        kept = ("min_scores", "minimum_score", "jurors_per_entry", "short_list")
        return {
            "version": version.number,
            **spread("title", document.get("title", {})),
            **{f"scale_{end}": value for end, value in first["scale"].items()},
            **{name: document.get(name) for name in kept},
            "who_enters": document.get("who_enters", ["owner", "secretariat"]),
            "juror_names": seen.get("juror_names", "coordinators"),
            "deliberation": seen.get("deliberation", False),
            **times,
            "comment": first["comment"],
            "entries_per_organisation": document.get("limits", {}).get(
                "entries_per_organisation"
            ),
            "may_be_ongoing": document.get("may_be_ongoing", False),
            "two_persons": document.get("two_persons", False),
        }

    def new_document(self):
        """Write the answers into a copy of the version that they change."""
        values, document = dict(self.cleaned_data), deepcopy(self.document)
        document["title"] = gather("title", values)
        for name in ("who_enters", "min_scores", "jurors_per_entry", "short_list"):
            document[name] = values[name]
        for name in ("may_be_ongoing", "two_persons"):
            document[name] = values[name]
        document["minimum_score"] = written(values["minimum_score"])
        document["visibility"] = {
            "juror_names": values["juror_names"],
            "deliberation": values["deliberation"],
        }
        for name in ("announce_days", "collection_days", "collection_days_max"):
            document["timetable"][name] = values[name]
        limits = document.setdefault("limits", {})
        limits["entries_per_organisation"] = values["entries_per_organisation"]
        document["criteria"] = list(self._criteria(values))
        document["nominations"] = list(self._nominations(values))
        document["eligibility"] = list(self._requirements(values))
        return document

    def _named(self, part, values):
        """Yield number, row and text of the rows that have a text: empty ones go."""
        given = self.document[part]
        for number in range(1, len(given) + SPARE + 1):
            text = gather(f"{part}_{number}", values)
            if text:
                row = deepcopy(given[number - 1]) if number <= len(given) else None
                yield f"{part}_{number}", row, text

    def _criteria(self, values):
        taken = {c["code"] for c in self.document["criteria"]}
        pattern = self.document["criteria"][0]
        for key, row, title in self._named("criteria", values):
            made = row or {
                **pattern,
                "code": code_for(title, taken),
                "help": {},
                "words": {},
            }
            taken.add(made["code"])
            made |= {"title": title, "comment": values.get("comment", made["comment"])}
            made["weight"] = written(values[f"{key}_weight"]) or "1"
            made["counted"] = values[f"{key}_counted"]
            if "scale_minimum" in values:
                ends = ("minimum", "maximum", "step")
                scale = {end: written(values[f"scale_{end}"]) for end in ends}
                if scale != made["scale"]:
                    made |= {"scale": scale, "words": {}}
            yield made

    def _nominations(self, values):
        taken = {n["code"] for n in self.document["nominations"]} | {"overall"}
        for key, row, title in self._named("nominations", values):
            made = row or {"code": code_for(title, taken), "entries": "all"}
            taken.add(made["code"])
            made |= {"title": title, "places": values[f"{key}_places"]}
            by = values[f"{key}_by"]
            if by != "kept":
                made["weights"] = {by: "1"} if by else None
            yield made

    def _requirements(self, values):
        taken = {r["code"] for r in self.document["eligibility"]}
        for _key, row, text in self._named("eligibility", values):
            made = row or {"code": code_for(text, taken)}
            taken.add(made["code"])
            yield made | {"text": text}


class WeightsForm(ReasonForm, VersionedForm):
    """What may still change once judging has begun, with a reason."""

    minimum_score = _number(
        gettext_lazy("Minimum score, below which there is no place"), required=False
    )

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        for row in document["criteria"]:
            label = _("Weight: {name}").format(name=localized(row["title"]))
            self.fields[f"weight_{row['code']}"] = _number(label, min_value=0)
        for row in document["nominations"]:
            label = _("Places: {name}").format(name=localized(row["title"]))
            self.fields[f"places_{row['code']}"] = _whole(label, required=False)
        self.order_fields([name for name in self.fields if name != "reason"])

    @staticmethod
    def values_of(version):
        """Give the values of a version as the form shows them."""
        document = version.document
        return {
            "version": version.number,
            "minimum_score": document["minimum_score"],
            **{f"weight_{c['code']}": c["weight"] for c in document["criteria"]},
            **{f"places_{n['code']}": n["places"] for n in document["nominations"]},
        }

    def new_document(self):
        """Write the answers into a copy of the version that they change."""
        values, document = self.cleaned_data, deepcopy(self.document)
        document["minimum_score"] = written(values["minimum_score"])
        for row in document["criteria"]:
            row["weight"] = written(values[f"weight_{row['code']}"])
        for row in document["nominations"]:
            row["places"] = values[f"places_{row['code']}"]
        return document
