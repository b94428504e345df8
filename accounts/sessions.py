"""The browsers in which a person is signed in: allauth's rows, one a session."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core import clock
from core.errors import NotYours
from core.policy import require


def sessions_of(person: User) -> QuerySet[UserSession]:
    """List where a person is signed in, the latest first."""
    living = Session.objects.filter(expire_date__gt=clock.now())
    return UserSession.objects.filter(
        user=person, session_key__in=living.values("session_key")
    ).order_by("-created_at", "pk")


@transaction.atomic
def end_session(*, session_id: int, by: User) -> None:
    """Sign one's own browser out, from wherever one is."""
    require(by, "accounts.end_session")
    session = UserSession.objects.filter(pk=session_id, user=by).first()
    if session is None:
        raise NotYours(
            _("There is nothing at this address, or it is not yours to see.")
        )
    session.end()
    record("accounts.end_session", by, by=by)


@transaction.atomic
def end_other_sessions(*, kept: str, by: User) -> int:
    """Sign out everywhere but in the browser whose session key is ``kept``."""
    require(by, "accounts.end_session")
    ended = end_sessions(by, kept=kept)
    record("accounts.end_other_sessions", by, by=by, ended=ended)
    return ended


def end_sessions(person: User, *, kept: str = "") -> int:
    """End the sessions of a person, except one; tell how many."""
    ended = 0
    for session in UserSession.objects.filter(user=person).exclude(session_key=kept):
        session.end()
        ended += 1
    return ended
