"""The order of rows of the rules: moved on the page, kept when it is saved."""

from django import forms
from django.utils.translation import gettext as _

from contest.pages.rules_forms import PartForm
from core.localized import localized


class OrderForm(PartForm):
    """The rows of a part of the rules, by their codes, in the order that is typed.

    ``takes_out`` says whether a row that is not in the order any more is taken out;
    else it comes last.
    """

    order = forms.CharField(widget=forms.HiddenInput, required=False)
    takes_out = False

    def __init__(self, *args, part, **kwargs):
        self.part = part
        super().__init__(*args, **kwargs)

    @classmethod
    def shown(cls, document, *, part):
        return {"order": " ".join(row["code"] for row in document[part])}

    @classmethod
    def in_words(cls, document, part):
        """Give each row with its words for a list."""
        return [
            {"code": row["code"], "title": localized(row.get("title") or row["text"])}
            for row in document[part]
        ]

    @property
    def codes(self):
        """The codes in the order that the page shows."""
        known = self._in_force(self.document)
        order = dict.fromkeys((self["order"].value() or "").split())
        typed = [code for code in order if code in known]
        return typed if self.takes_out else [*typed, *_without(known, typed)]

    def rows(self):
        """The rows in that order, in words."""
        named = {row["code"]: row for row in self.in_words(self.document, self.part)}
        return [named[code] for code in self.codes]

    def left_out(self):
        """The rows that saving would take out."""
        kept = set(self.codes)
        rows = self.in_words(self.document, self.part)
        return [row for row in rows if row["code"] not in kept]

    @property
    def is_changed(self):
        """Whether the page shows something else than what is in force."""
        return self.codes != self._in_force(self.document)

    def act(self, name, code):
        """Move a row up or down, take it out or put it back; nothing is saved."""
        codes = self.codes
        if name == "back" and code not in codes:
            codes.append(code)
        elif name == "out" and code in codes:
            codes.remove(code)
        elif name in {"up", "down"} and code in codes:
            place = codes.index(code)
            other = place + (1 if name == "down" else -1)
            if 0 <= other < len(codes):
                codes[place], codes[other] = codes[other], codes[place]
        self.data = self.data.copy()
        self.data["order"] = " ".join(codes)

    def spare_unseen(self, seen):
        """Put last what came in between; ``seen`` are the rules that the page showed.

        Else the order that was typed would take out what its writer never saw.
        """
        mine, now = self.codes, self._in_force(self.document)
        unseen = _without(_without(now, self._in_force(seen)), mine)
        rows = self.in_words(self.document, self.part)
        titles = {row["code"]: row["title"] for row in rows}
        self.stored = [
            (_("Order"), *(", ".join(titles[c] for c in each) for each in (now, mine)))
        ]
        self.data["order"] = " ".join([*mine, *unseen])

    def write(self, values, document):
        named = {row["code"]: row for row in document[self.part]}
        del values["order"]  # ``codes`` has read it: known ones, each once
        document[self.part] = [named[code] for code in self.codes]

    def _in_force(self, document):
        return [row["code"] for row in document[self.part]]


def _without(codes, others):
    return [code for code in codes if code not in others]
