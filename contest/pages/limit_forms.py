"""What may be entered, what is checked of it, and how places and decisions are made."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.file_limits import MOST_FILES
from contest.labels import FIELD_LABELS
from contest.pages.criterion_forms import LinesField, lines_of
from contest.pages.rules_forms import (
    SPARE,
    PartForm,
    code_for,
    keyed,
    number_field,
    whole_field,
    written,
)
from contest.pages.texts import first_of, gather, spread, text_fields
from contest.rulebook import CRITERION_TIE_BREAK, MEASURED, REQUIRABLE
from core.localized import localized
from core.pages.forms import TextField

_LONGEST = 10_000
_COUNTS = ("entries_per_organisation", "entries_per_nomination")
_FILES = tuple(MOST_FILES)
_QUOTA_BY = [
    ("", gettext_lazy("no quota")),
    ("county", gettext_lazy("of each county")),
    ("municipality", gettext_lazy("of each municipality")),
    ("action_group", gettext_lazy("of each action group")),
    ("nomination", gettext_lazy("in each nomination")),
]
_CHECKED_BY = [
    ("secretariat", gettext_lazy("the secretariat")),
    ("commission", gettext_lazy("the commission")),
    ("entrant", gettext_lazy("the entrant, who declares it")),
    ("system", gettext_lazy("Sumani itself")),
]
_TIE_BREAKS = {
    "median": gettext_lazy("median of the score sheets"),
    "top_marks": gettext_lazy("number of highest scores"),
    "chair": gettext_lazy("decision of the chair"),
    "lot": gettext_lazy("drawing of lots"),
}


class LimitsForm(PartForm):
    """How much may be entered, by whom not, and what an entry has to say."""

    entries_per_organisation = whole_field(
        gettext_lazy("Entries of one organisation at most"), required=False
    )
    entries_per_nomination = whole_field(
        gettext_lazy("Entries of one organisation in one nomination at most"),
        required=False,
    )
    nominations_per_entry = whole_field(
        gettext_lazy("Nominations that an entry may choose at most"),
        max_value=60,
        required=False,
    )
    quota_by = forms.ChoiceField(
        label=gettext_lazy("Quota"), choices=_QUOTA_BY, required=False
    )
    quota_count = whole_field(gettext_lazy("Entries in the quota"), required=False)
    bar_editions = whole_field(
        gettext_lazy("Editions for which past winners stay away"), required=False
    )
    bar_places = whole_field(
        gettext_lazy("Who counts as one: the first so many places"), required=False
    )
    bar_by_place = LinesField(
        label=gettext_lazy("Places with another number of editions"),
        help_text=gettext_lazy(
            "One place in a line, such as: 1 – 5 (the winner stays away for 5)"
        ),
    )
    photos_per_entry = whole_field(
        gettext_lazy("Photos of an entry at most"),
        max_value=MOST_FILES["photos_per_entry"],
        required=False,
        help_text=gettext_lazy("Empty: as many as the server takes."),
    )
    documents_per_entry = whole_field(
        gettext_lazy("Files of an entry at most, without photos"),
        max_value=MOST_FILES["documents_per_entry"],
        required=False,
        help_text=gettext_lazy("Answers with files and signed consents are counted."),
    )
    megabytes_per_entry = whole_field(
        gettext_lazy("Megabytes of all photos and files of an entry at most"),
        max_value=MOST_FILES["megabytes_per_entry"],
        required=False,
        help_text=gettext_lazy("Those of versions sent before are counted."),
    )
    may_be_ongoing = forms.BooleanField(
        label=gettext_lazy("Projects that are not finished may enter"), required=False
    )
    required_fields = forms.MultipleChoiceField(
        label=gettext_lazy("An entry cannot be sent without"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, FIELD_LABELS[name]) for name in REQUIRABLE],
        required=False,
    )

    def add_fields(self):
        """Add the length of each text that an entry tells."""
        self.lengths = {
            f"length_{name}": whole_field(
                _("{field}: characters at most").format(field=FIELD_LABELS[name]),
                max_value=_LONGEST,
                required=False,
            )
            for name in MEASURED
        }
        self.fields.update(self.lengths)

    def sections(self):
        bar = self.section("bar_editions", "bar_places", "bar_by_place")
        return [
            (
                _("How many"),
                self.section(
                    *_COUNTS, "nominations_per_entry", "quota_by", "quota_count"
                ),
            ),
            (_("Photos and files"), self.section(*_FILES)),
            (_("Past winners"), bar),
            (
                _("What an entry says"),
                self.section("may_be_ongoing", "required_fields", *self.lengths),
            ),
        ]

    @classmethod
    def shown(cls, document):
        limits, form = document.get("limits", {}), document["entry_form"]
        quota, bar = limits.get("quota") or {}, limits.get("bar_winners") or {}
        by_place = {place: str(n) for place, n in bar.get("by_place", {}).items()}
        return {
            **{name: limits.get(name) for name in (*_COUNTS, *_FILES)},
            "nominations_per_entry": limits.get("nominations_per_entry"),
            "quota_by": quota.get("by", ""),
            "quota_count": quota.get("count"),
            "bar_editions": bar.get("editions"),
            "bar_places": bar.get("places"),
            "bar_by_place": lines_of(by_place),
            "may_be_ongoing": document.get("may_be_ongoing", False),
            "required_fields": form["required"],
            **{f"length_{k}": v for k, v in form.get("limits", {}).items()},
        }

    def clean(self):
        """See that what belongs together is there together: half of it is nothing."""
        values = super().clean()
        pairs = (("quota_by", "quota_count"), ("bar_editions", "bar_places"))
        for pair in pairs:
            there = [name for name in pair if values.get(name)]
            missing = [name for name in pair if name not in there]
            if len(there) == 1 and missing[0] not in self.errors:
                self.add_error(missing[0], _("Say this as well, or empty the other."))
        if values.get("bar_by_place") and not values.get("bar_editions"):
            self.add_error("bar_editions", _("Say this as well, or empty the other."))
        return values

    def write(self, values, document):
        limits = document.setdefault("limits", {})
        for name in (*_COUNTS, "nominations_per_entry", *_FILES):
            limits[name] = values[name]
            self.asked_at[f"limits.{name}"] = name
        by, count = values["quota_by"], values["quota_count"]
        limits["quota"] = {"by": by, "count": count} if by else None
        editions, places = values["bar_editions"], values["bar_places"]
        bar = {
            "editions": editions,
            "places": places,
            "by_place": values["bar_by_place"],
        }
        limits["bar_winners"] = bar if editions else None
        document["may_be_ongoing"] = values["may_be_ongoing"]
        form = document["entry_form"]
        if set(form["required"]) != set(values["required_fields"]):
            form["required"] = values["required_fields"]
        lengths = {name: values[f"length_{name}"] for name in MEASURED}
        form["limits"] = {name: most for name, most in lengths.items() if most}
        self.asked_at |= {
            "limits.quota": "quota_by",
            "limits.quota.count": "quota_count",
            "limits.bar_winners": "bar_editions",
            "limits.bar_winners.places": "bar_places",
            "limits.bar_winners.by_place": "bar_by_place",
            "entry_form.required": "required_fields",
            **{f"entry_form.limits.{name}": f"length_{name}" for name in MEASURED},
        }


class RequirementsForm(PartForm):
    """The sentences of the rules that an eligible entry meets, and who checks them."""

    parts = ("requirement",)

    def add_fields(self):
        """Add a row for each requirement, and some empty ones."""
        self.rows = []
        rows = keyed("requirement", self.document["eligibility"])
        for number, (key, _row) in enumerate(rows, start=1):
            fields = text_fields(key, _("Sentence"), max_length=1000, multiline=True)
            for field in fields.values():
                field.widget.attrs["rows"] = 2
            fields[f"{key}_checked_by"] = forms.ChoiceField(
                label=_("Who checks it"), choices=_CHECKED_BY, required=False
            )
            fields[f"{key}_required"] = forms.BooleanField(
                label=_("An entry that does not meet it is not eligible"),
                required=False,
                initial=True,
            )
            self.fields.update(fields)
            self.rows.append((number, list(fields)))

    def sections(self):
        label = _("Requirement {number}")
        return [
            (label.format(number=number), self.section(*names))
            for number, names in self.rows
        ]

    @classmethod
    def shown(cls, document):
        values = {}
        for key, row in keyed("requirement", document["eligibility"]):
            if row is None:
                continue
            values |= spread(key, row["text"])
            values[f"{key}_checked_by"] = row.get("checked_by", _CHECKED_BY[0][0])
            values[f"{key}_required"] = row.get("required", True)
        return values

    def write(self, values, document):
        given, made = document["eligibility"], []
        taken = {row["code"] for row in given}
        for key, row in keyed("requirement", given):
            text = gather(key, values)
            if not text:
                continue
            code = row["code"] if row else code_for(text, taken)
            taken.add(code)
            self.asked_at[f"eligibility.{len(made)}"] = first_of(key)
            made.append(
                {
                    "code": code,
                    "text": text,
                    "checked_by": values[f"{key}_checked_by"] or _CHECKED_BY[0][0],
                    "required": values[f"{key}_required"],
                }
            )
        document["eligibility"] = made


def tie_fields(document):
    """Ask what separates equal totals: a row for each, and some empty ones."""
    criteria = [
        (
            f"{CRITERION_TIE_BREAK}{row['code']}",
            _("criterion: {name}").format(name=localized(row["title"])),
        )
        for row in document["criteria"]
    ]
    choices = [("", "–"), *criteria, *_TIE_BREAKS.items()]
    count = min(len(document["tie_breaks"]) + SPARE, len(choices) - 1)
    return {
        f"tie_{number}": forms.ChoiceField(
            label=_("{number}. Separated by").format(number=number),
            choices=choices,
            required=False,
        )
        for number in range(1, count + 1)
    }


def shown_ties(document):
    """Give the tie-breaks by the fields that ask for them."""
    rows = enumerate(document["tie_breaks"], start=1)
    return {f"tie_{number}": code for number, code in rows}


def read_ties(values, names):
    """Read the tie-breaks in their order, and which field asks for which."""
    given = [name for name in names if values[name]]
    asked = {f"tie_breaks.{place}": name for place, name in enumerate(given)}
    return [values[name] for name in given], asked


_PLAIN = ("mapping", "places", "short_list", "lot_seed")


class PlacesForm(PartForm):
    """How points become places, what separates equal totals, and who decides."""

    total = number_field(
        gettext_lazy("Highest total"),
        help_text=gettext_lazy("Of an entry with every value at its highest point."),
    )
    mapping = forms.ChoiceField(
        label=gettext_lazy("How points become a total"),
        choices=[
            ("maximum", gettext_lazy("as a share of the highest point")),
            ("range", gettext_lazy("from the lowest point, which gives nothing")),
        ],
        widget=forms.RadioSelect,
    )
    minimum_score = number_field(
        gettext_lazy("Minimum score, below which there is no place"), required=False
    )
    places = whole_field(
        gettext_lazy("Places awarded in the overall list"),
        required=False,
        help_text=gettext_lazy(
            "Empty: only nominations award places, as each of them says."
        ),
    )
    short_list = whole_field(
        gettext_lazy("Short list"),
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("How many of the best go on; empty: there is none."),
    )
    lot_seed = TextField(
        label=gettext_lazy("Seed of the lot"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Public before anything is scored; empty: drawn for you where lots decide."
        ),
    )
    two_persons = forms.BooleanField(
        label=gettext_lazy("Publishing and the like need a second coordinator"),
        required=False,
    )

    def add_fields(self):
        """Add what separates equal totals."""
        self.ties = tie_fields(self.document)
        self.fields.update(self.ties)

    def sections(self):
        points = self.section(
            "total", "mapping", "minimum_score", "places", "short_list"
        )
        return [
            (_("Points and places"), points),
            (_("Equal totals, in this order"), self.section(*self.ties, "lot_seed")),
            (_("Decisions"), self.section("two_persons")),
        ]

    @classmethod
    def shown(cls, document):
        return {
            **{name: document.get(name) for name in ("total", "minimum_score")},
            **{name: document.get(name) for name in _PLAIN},
            "two_persons": document.get("two_persons", False),
            **shown_ties(document),
        }

    def write(self, values, document):
        for name in (*_PLAIN, "two_persons"):
            document[name] = values[name]
        for name in ("total", "minimum_score"):
            document[name] = written(values[name])
        document["tie_breaks"], asked = read_ties(values, self.ties)
        self.asked_at |= asked
