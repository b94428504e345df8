"""Whatever people wrote in the rows that are there becomes hostile."""

from contextlib import suppress

from django.db import IntegrityError, transaction

from contest.rulebook import read_version
from organisations.models import Organisation
from scoring.selectors import rules_in
from submissions.models import VersionContent
from tests.core.guards import guards_off
from tests.hostile.fields import LOCALIZED, named, texts_of_people
from tests.hostile.texts import LONG, hostile

_LANGUAGES = ("lt", "en")
# Texts of several languages in a rulebook; the words of a scale's steps stand deeper.
_IN_RULES = {"title", "help", "text", "description", "sponsor"}
_WITHOUT_END = {"Submission.summary", "Submission.innovation", "Contest.description"}
# Names by which files and people tell things apart: one of its own for each row.
_OF_FILES = ("name", "caption", "author", "licence", "consent_holder")
_LONGEST_NAME = 110  # of a file, its ending not counted
_NUMBERED = {"Organisation.name", "User.name", "Submission.title", "Attachment.name"}


def spoil(text=hostile):
    """Write into every field what ``text(mark, limit)`` makes; the texts by mark."""
    written = {}
    with guards_off():
        for number, (model, field) in enumerate(texts_of_people()):
            _Spoiler(model, field, f"T{number:03d}", text, written).write()
        for content in VersionContent.objects.select_related("version__submission"):
            _spoil_sent(content)
    for kept in (read_version, rules_in):
        kept.cache_clear()
    return written


class _Spoiler:
    """One field of one model."""

    def __init__(self, model, field, mark, text, written):
        self.model, self.field = model, field
        self.name = named(model, field)
        self.mark, self.text, self.written = mark, text, written

    def write(self):
        """Write into the rows that have something there, or else into all."""
        rows = self.model._base_manager.order_by("pk")
        filled = rows.exclude(**{f"{self.field.name}__in": ["", [], {}]})
        rows = filled if filled.exists() else rows
        is_own = self.field.max_length is None or self.name in _NUMBERED
        if is_own or not self._written_at_once(rows):
            for number, row in enumerate(rows):
                self._write_row(row, f"{self.mark}n{number}n")

    def _written_at_once(self, rows):
        try:
            with transaction.atomic():
                rows.update(**{self.field.name: self._text(self.mark)})
        except IntegrityError:
            return False
        return True

    def _write_row(self, row, mark):
        """Write into one row, unless its state has no such text."""
        value = self._value(getattr(row, self.field.name), mark)
        if isinstance(row, Organisation) and self.field.name == "name":
            row.set_name(value)
            row.save()
            return
        rows = self.model._base_manager.filter(pk=row.pk)
        with suppress(IntegrityError), transaction.atomic():
            rows.update(**{self.field.name: value})

    def _value(self, value, mark):
        text = self._text(mark)
        if self.name in LOCALIZED:
            return dict.fromkeys(_LANGUAGES, text)
        if self.name == "Attachment.name":
            return f"{text}.jpg"
        if self.name == "Submission.links":
            return [f"https://example.org/{text}"]
        if self.name == "RulebookVersion.document":
            return _in_rules(value, text)
        if isinstance(value, dict):
            return _in_values(value, text)
        return [text] if isinstance(value, list) else text

    def _text(self, mark):
        if self.name == "Attachment.name":
            text = self.text(mark, _LONGEST_NAME).replace("/", "-")
        else:
            text = self.text(mark, self.field.max_length)
        self.written[mark] = text
        return f"{text} {LONG}" if self.name in _WITHOUT_END else text


def _in_rules(value, text):
    if isinstance(value, list):
        return [_in_rules(each, text) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: dict.fromkeys(_LANGUAGES, text)
        if key in _IN_RULES or set(inner if isinstance(inner, dict) else ()) & {"lt"}
        else _in_rules(inner, text)
        for key, inner in value.items()
    }


def _in_values(value, text):
    """Put the text in place of every text, however deep; keys are ours."""
    if isinstance(value, dict):
        return {key: _in_values(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_values(inner, text) for inner in value]
    return text if isinstance(value, str) else value


def _spoil_sent(content):
    """What was sent says the same as the working copy and its files."""
    entry = content.version.submission
    document = content.document
    for name in set(document) & {f.name for f in entry._meta.concrete_fields}:
        if isinstance(document[name], (str, list, dict)):
            document[name] = getattr(entry, name)
    files = {str(file.pk): file for file in entry.attachments.all()}
    for said in document.get("files", []):
        file = files[said["id"]]
        said |= {key: getattr(file, key) for key in said if key in _OF_FILES}
    content.save()
