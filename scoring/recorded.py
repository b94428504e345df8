"""The rows of the record in words: people and entries by name, keys nowhere.

What a row keeps of its subject are ids, references and pseudonyms; who may read the
record may read the names, so they are looked up when it is shown. Questions of a whole
page at once, in a constant number of queries.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Event
from contest.models import Contest
from organisations.models import Organisation
from scoring.labels import ACTION_LABELS, kind_of_message
from submissions.models import Submission

_ENTRY, _PERSON = "submissions.submission", "accounts.user"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHORT_KEY = re.compile(r"[0-9a-f]{8}")  # of a person: ``User.__str__``
_PSEUDONYM = re.compile(r"J(\d{2,})\b")
_WITH_SHORT_KEYS = {"contest.coordinator", "contest.auditor", _PERSON}


@dataclass(frozen=True, slots=True)
class Described:
    """A row as people read it: who did it, and to what."""

    event: Event
    who: str
    about: str


@dataclass(frozen=True, slots=True)
class _Names:
    """What the keys on a page stand for, by the spelling in which they stand there."""

    people: Mapping[str, str]
    others: Mapping[str, str]
    jurors: Mapping[int, str]
    short: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        return self.people.get(key) or self.others.get(key, "")


def described(contest: Contest, events: Iterable[Event]) -> list[Described]:
    """Tell of each row who did it, and to what."""
    rows = list(events)
    names = _names(contest, rows)
    return [
        Described(row, _who(row, names), _about(row, contest, names)) for row in rows
    ]


def _who(event: Event, names: _Names) -> str:
    if event.actor_id is None:
        return _("the program itself")
    return names.people.get(str(event.actor_id)) or _("name not given")


def _about(event: Event, contest: Contest, names: _Names) -> str:
    """Name the subject; for a draft, which has no number yet, its organisation."""
    label, kind = event.subject_label, event.subject_type
    if kind in _WORDINGS and (told := _WORDINGS[kind](event)):
        return told
    if kind in {_ENTRY, _PERSON}:
        return names.of(event.subject_id) or _plain(label, names)
    if kind in _WITH_SHORT_KEYS and _SHORT_KEY.fullmatch(label):
        return names.short.get(label) or _("name not given")
    return str(contest) if label == contest.slug else _plain(label, names)


def _of_file(event: Event) -> str:
    facts = event.details
    if "kind" not in facts:  # as where an auditor read it
        return ""
    return f"{_(facts['kind'])} {facts.get('file_format', '')}".strip()


def _of_rules(event: Event) -> str:
    number = event.details.get("number")
    return _("version {number}").format(number=number) if number else ""


def _of_proposal(event: Event) -> str:
    code = event.subject_label
    known = (ACTION_LABELS.get(f"{app}.{code}") for app in ("contest", "submissions"))
    return next((_(label) for label in known if label), code)


def _of_message(event: Event) -> str:
    return kind_of_message(event.subject_label)


_WORDINGS: Mapping[str, Callable[[Event], str]] = {
    "contest.proposal": _of_proposal,
    "contest.rulebookversion": _of_rules,
    "exports.export": _of_file,
    "mail.message": _of_message,
}


def _plain(label: str, names: _Names) -> str:
    """Put names in the place of keys; a key that stands for nothing is left out."""
    named = _UUID.sub(lambda found: names.of(found[0]), label)
    return _PSEUDONYM.sub(lambda found: _juror(found, names), named).strip(" –")


def _juror(found: re.Match[str], names: _Names) -> str:
    return f"{found[0]} {names.jurors.get(int(found[1]), '')}".strip()


def _names(contest: Contest, rows: Sequence[Event]) -> _Names:
    keys = {key for row in rows for key in _UUID.findall(row.subject_label)}
    entries = {row.subject_id for row in rows if row.subject_type == _ENTRY}
    people = {row.subject_id for row in rows if row.subject_type == _PERSON}
    people |= {str(row.actor_id) for row in rows if row.actor_id}
    short = {
        row.subject_label
        for row in rows
        if row.subject_type in _WITH_SHORT_KEYS
        and _SHORT_KEY.fullmatch(row.subject_label)
    }
    found = list(User.objects.filter(_persons(people | keys, short)))
    jurors = contest.jurors.values_list("number", "person__name")
    return _Names(
        people={str(person.pk): person.name for person in found},
        others=_organisations(keys) | _entries(entries | keys),
        jurors=dict(jurors),
        short={str(person): person.name for person in found},
    )


def _persons(keys: Iterable[str], short: Iterable[str]) -> Q:
    wanted = Q(pk__in=list(keys))
    for key in short:
        first, last = f"{key}{'0' * 24}", f"{key}{'f' * 24}"
        wanted |= Q(pk__gte=UUID(first), pk__lte=UUID(last))
    return wanted


def _organisations(keys: Iterable[str]) -> dict[str, str]:
    found = Organisation.objects.filter(pk__in=list(keys)).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def _entries(keys: Iterable[str]) -> dict[str, str]:
    found = Submission.objects.filter(pk__in=list(keys)).values_list(
        "pk", "reference", "organisation__name"
    )
    return {
        str(pk): reference or _("a draft of {organisation}").format(organisation=owner)
        for pk, reference, owner in found
    }
