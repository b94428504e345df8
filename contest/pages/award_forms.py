"""The special awards of the rules: what each is for, who gives it, and how often."""

from django import forms
from django.utils.translation import gettext as _

from contest.pages.rules_forms import PartForm, code_for, keyed, whole_field
from contest.pages.texts import first_of, gather, spread, text_fields
from core.localized import localized

_TEXTS = ("description", "sponsor")


class SpecialAwardsForm(PartForm):
    """A row for each award, and some empty ones."""

    parts = ("award",)

    def add_fields(self):
        """Add the rows; each may be for the entries of one nomination."""
        nominations = [
            (row["code"], localized(row["title"]))
            for row in self.document["nominations"]
        ]
        self.rows = []
        for number, (key, _row) in enumerate(self._keyed(self.document), start=1):
            fields = self._fields(key, nominations)
            self.fields.update(fields)
            self.rows.append((number, list(fields)))

    @staticmethod
    def _keyed(document):
        return keyed("award", document.get("special_awards", []))

    @staticmethod
    def _fields(key, nominations):
        return {
            **text_fields(key, _("Name of the award"), max_length=300),
            **text_fields(
                f"{key}_description",
                _("What it is given for"),
                max_length=2000,
                multiline=True,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            **text_fields(f"{key}_sponsor", _("Who gives it"), max_length=300),
            f"{key}_nomination": forms.ChoiceField(
                label=_("Which entries may have it"),
                choices=[("", _("every entry")), *nominations],
                required=False,
            ),
            f"{key}_count": whole_field(
                _("How often at most"),
                required=False,
                help_text=_("Empty: as often as the commission decides."),
            ),
        }

    def sections(self):
        label = _("Special award {number}")
        return [
            (label.format(number=number), self.section(*names))
            for number, names in self.rows
        ]

    @classmethod
    def shown(cls, document):
        values = {}
        for key, row in cls._keyed(document):
            if row is None:
                continue
            values |= spread(key, row["title"])
            for name in _TEXTS:
                values |= spread(f"{key}_{name}", row.get(name, {}))
            values[f"{key}_nomination"] = row.get("nomination") or ""
            values[f"{key}_count"] = row.get("count")
        return values

    def write(self, values, document):
        taken = {row["code"] for row in document.get("special_awards", ())}
        made = []
        for key, row in self._keyed(document):
            title = gather(key, values)
            if not title:
                continue
            code = row["code"] if row else code_for(title, taken)
            taken.add(code)
            where = f"special_awards.{len(made)}"
            texts = {name: gather(f"{key}_{name}", values) for name in _TEXTS}
            self.asked_at[where] = first_of(key)
            self.asked_at[f"{where}.nomination"] = f"{key}_nomination"
            made.append(
                {
                    "code": code,
                    "title": title,
                    **texts,
                    "nomination": values[f"{key}_nomination"] or None,
                    "count": values[f"{key}_count"],
                }
            )
        document["special_awards"] = made
