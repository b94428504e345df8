"""What was typed when a sign-in ended: kept in the session for the same person.

A form carries the signed mark of the person it was rendered for. When it arrives after
that sign-in has ended, its fields wait in the visitor's session, at most a day, until
the same person has signed in; nobody else is shown them. Files are not kept.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from core import clock

MARK = "rendered_for"  # the hidden field that {% rendered_for %} writes
_SALT = "core.pages.kept"
_SLOT = "kept_form"  # key of the session
_KEPT_FOR = timedelta(days=1)
_LARGEST = 256 * 1024  # characters of all fields
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", MARK})


def mark_of(person: Any) -> str:
    """Sign for whom a form is rendered."""
    return signing.dumps(str(person.pk), salt=_SALT)


def keep(request: HttpRequest) -> bool:
    """Keep the fields of a form that came too late; False where it carries no mark."""
    person = _read(request.POST.get(MARK, ""))
    fields = {
        name: values for name, values in request.POST.lists() if name not in _NOT_KEPT
    }
    size = sum(len(text) for values in fields.values() for text in values)
    if person is None or size > _LARGEST:
        return False
    request.session[_SLOT] = {
        "person": person,
        "path": request.path,
        "fields": fields,
        "until": (clock.now() + _KEPT_FOR).isoformat(),
    }
    return True


def kept_for(request: HttpRequest) -> QueryDict | None:
    """Give back what waits for this person at this address.

    What waits for somebody else, or waited too long, is thrown away.
    """
    slot = request.session.get(_SLOT)
    if slot is None or not request.user.is_authenticated:
        return None  # whoever is on the way to sign in may be the one it waits for
    is_over = datetime.fromisoformat(slot["until"]) <= clock.now()
    if is_over or slot["person"] != str(request.user.pk):
        del request.session[_SLOT]
        return None
    if slot["path"] != request.path:
        return None
    fields = QueryDict(mutable=True)
    for name, values in slot["fields"].items():
        fields.setlist(name, values)
    return fields


def forget(request: HttpRequest) -> None:
    """Throw away what waits at this address: the form was sent again."""
    slot = request.session.get(_SLOT)
    if slot is not None and slot["path"] == request.path:
        del request.session[_SLOT]


def _read(mark: str) -> str | None:
    try:
        person: str = signing.loads(mark, salt=_SALT)
    except signing.BadSignature:
        return None
    return person
