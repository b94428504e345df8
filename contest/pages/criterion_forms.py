"""One criterion and one nomination: what the seven questions do not ask of them."""

import re
from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.pages.rulebook_forms import COMMENTS, SCALE
from contest.pages.rules_forms import PartForm, number_field, written
from contest.pages.texts import first_of, gather, in_languages, spread, text_fields
from core.localized import localized
from core.pages.forms import TextField

_LINE = re.compile(r"(-?\d{1,8}(?:[.,]\d{1,4})?)\s*[–—:=-]?\s*(.*)", re.ASCII)


class LinesField(TextField):
    """Lines such as “10 – exemplary”, read as ``{"10": "exemplary"}``."""

    def __init__(self, **kwargs):
        super().__init__(
            multiline=True,
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            **kwargs,
        )

    def clean(self, value):
        """Read the lines; the first that cannot be read is told."""
        found = {}
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            parts = _LINE.fullmatch(line)
            if not parts or not parts[2]:
                raise forms.ValidationError(
                    _("“{line}” is not a number and what belongs to it.").format(
                        line=line[:60]
                    )
                )
            number = written(Decimal(parts[1].replace(",", ".")))
            if number in found:
                raise forms.ValidationError(
                    _("{number} stands here twice.").format(number=number)
                )
            found[number] = parts[2]
        return found


def lines_of(values):
    """Write ``{"10": "exemplary"}`` as the lines of a field, by number."""
    ordered = sorted(values.items(), key=lambda pair: Decimal(pair[0]))
    return "\n".join(f"{number} – {text}" for number, text in ordered)


def row_of(document, part, code):
    """Find the place of a row by its code, and the row."""
    rows = enumerate(document[part])
    return next((place, row) for place, row in rows if row["code"] == code)


def weight_fields(document, prefix, nomination="", *, required=False):
    """Ask for a weight of each criterion, by fields ``prefix_code``."""
    label = _("{nomination}, weight: {name}") if nomination else _("Weight: {name}")
    return {
        f"{prefix}_{row['code']}": number_field(
            label.format(nomination=nomination, name=localized(row["title"])),
            min_value=0,
            required=required,
        )
        for row in document["criteria"]
    }


def shown_weights(nomination, prefix):
    """Give the own weights of a nomination, by the fields that ask for them."""
    weights = nomination["weights"] or {}
    return {f"{prefix}_{code}": weight for code, weight in weights.items()}


def read_weights(values, document, prefix):
    """Read the own weights of a nomination; None where none is given."""
    codes = (row["code"] for row in document["criteria"])
    given = {code: values[f"{prefix}_{code}"] for code in codes}
    return {code: written(w) for code, w in given.items() if w is not None} or None


class RowForm(PartForm):
    """A form over one row of the rules, which the address names by its code."""

    part = ""

    def __init__(self, *args, code, **kwargs):
        self.code = code
        super().__init__(*args, **kwargs)

    @classmethod
    def shown(cls, document, *, code):
        return cls.shown_of(row_of(document, cls.part, code)[1])

    @classmethod
    def shown_of(cls, row):
        """Give what the row says, by field."""
        raise NotImplementedError

    def at(self, place, **fields):
        """Say by which fields the parts of the row are asked; ``__`` is a dot."""
        for step, name in fields.items():
            where = f"{self.part}.{place}.{step.replace('__', '.')}"
            self.asked_at[where] = name


class CriterionForm(RowForm):
    """What a juror reads of a criterion, and how it is answered."""

    part = "criteria"
    scale_minimum = number_field(gettext_lazy("Lowest point"))
    scale_maximum = number_field(gettext_lazy("Highest point"))
    scale_step = number_field(gettext_lazy("Step"))
    comment = forms.ChoiceField(
        label=gettext_lazy("Comment of a juror"), choices=COMMENTS
    )
    required = forms.BooleanField(
        label=gettext_lazy("A score sheet cannot be sent without it"), required=False
    )

    def add_fields(self):
        """Add the help, and the words at the points of the scale."""
        self.helps = text_fields(
            "help", _("What a juror reads beside it"), max_length=2000, multiline=True
        )
        self.words = in_languages("words", _("Words at the points"), LinesField)
        for field in self.words.values():
            field.help_text = _("One point in a line, such as: 10 – exemplary")
        self.fields.update(self.helps | self.words)
        if nominations := self.document["nominations"]:
            self.fields["nominations"] = forms.MultipleChoiceField(
                label=_("Only of these nominations"),
                choices=[(n["code"], localized(n["title"])) for n in nominations],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_(
                    "Only their entries are judged by it; none marked: every entry is."
                ),
            )

    def sections(self):
        scale = (f"scale_{end}" for end in SCALE)
        return [
            ("", self.section(*self.helps)),
            (_("Scale"), self.section(*scale, *self.words)),
            (_("Answer"), self.section("required", "comment")),
            *self._belonging(),
        ]

    def _belonging(self):
        fields = self.section("nominations")
        return [(_("Nominations"), fields)] if fields else []

    @classmethod
    def shown_of(cls, row):
        words = row.get("words", {}).items()
        lines = {
            language: lines_of({v: t[language] for v, t in words if language in t})
            for language, _name in settings.LANGUAGES
        }
        return {
            **spread("help", row.get("help", {})),
            **{f"scale_{end}": row["scale"][end] for end in SCALE},
            **spread("words", lines),
            "comment": row["comment"],
            "required": row["required"],
            "nominations": row.get("nominations", []),
        }

    def write(self, values, document):
        place, row = row_of(document, self.part, self.code)
        row["help"] = gather("help", values)
        row["scale"] = {end: written(values[f"scale_{end}"]) for end in SCALE}
        row["comment"], row["required"] = values["comment"], values["required"]
        row["words"] = {}
        for language, lines in gather("words", values).items():
            for value, text in lines.items():
                row["words"].setdefault(value, {})[language] = text
        own = row.pop("nominations", [])
        chosen = values.get("nominations", [])
        if chosen:
            row["nominations"] = own if set(own) == set(chosen) else chosen
        self.at(place, scale="scale_minimum", help=first_of("help"))
        self.at(place, words=first_of("words"), comment="comment")
        self.at(place, **{f"scale__{end}": f"scale_{end}" for end in SCALE})


class NominationForm(RowForm):
    """Who takes part in a nomination, how it is ranked, and who gives it."""

    part = "nominations"
    entries = forms.ChoiceField(
        label=gettext_lazy("Which entries take part"),
        choices=[
            ("all", gettext_lazy("every entry")),
            ("chosen", gettext_lazy("those whose entrants choose it")),
        ],
        widget=forms.RadioSelect,
    )
    panel = TextField(
        label=gettext_lazy("Group of jurors that judges it"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Its short name; empty: everybody on the panel."),
    )

    def add_fields(self):
        """Add the texts, and a weight for each criterion."""
        self.texts = text_fields(
            "description", _("What it is given for"), max_length=2000, multiline=True
        ) | text_fields("sponsor", _("Who gives it"), max_length=300)
        self.weights = weight_fields(self.document, "weight")
        self.fields.update(self.texts | self.weights)

    def sections(self):
        ranked = _("How it is ranked (left empty: as the total)")
        return [
            ("", self.section(*self.texts)),
            (_("Who takes part"), self.section("entries", "panel")),
            (ranked, self.section(*self.weights)),
        ]

    @classmethod
    def shown_of(cls, row):
        return {
            **spread("description", row.get("description", {})),
            **spread("sponsor", row.get("sponsor", {})),
            "entries": row["entries"],
            "panel": row.get("panel", ""),
            **shown_weights(row, "weight"),
        }

    def write(self, values, document):
        place, row = row_of(document, self.part, self.code)
        for name in ("description", "sponsor"):
            row[name] = gather(name, values)
            self.at(place, **{name: first_of(name)})
        row["entries"], row["panel"] = values["entries"], values["panel"]
        row["weights"] = read_weights(values, document, "weight")
        self.at(place, entries="entries", panel="panel")
        self.at(place, weights=next(iter(self.weights)))
