"""What a person is towards a contest: the rows ``contest.*`` of the matrix."""

from django.db.models import Exists, OuterRef, Value

from contest.labels import where_it_is
from contest.models import Contest, Coordinator, Juror, Organiser, OrganiserMember
from contest.phases import towards_entry
from core import clock
from core.policy import (
    Standing,
    matrix,
    person_roles,
    register_permissions,
    standing,
)
from organisations.models import Representative

COORDINATOR = "coordinator"
COORDINATOR_JUROR = "coordinator_juror"
JUROR_OTHER = "juror_other"
ORGANISER = "organiser"
REPRESENTATIVE = "representative"

_FACTS = ("coordinates", "judges", "prepares", "represents")

register_permissions("contest")


@standing.register
def _standing_towards_contest(obj: Contest, user) -> Standing:
    return standing_in(obj, roles_in(obj, user))


@standing.register
def _standing_towards_organiser(obj: Organiser, user) -> Standing:
    roles = person_roles(user)
    if user.is_authenticated and obj.members.filter(person=user).exists():
        roles |= {ORGANISER}
    return Standing(roles)


def standing_in(contest, roles, *, open_until=None):
    """Add the contest's phase to what a person is there.

    ``open_until`` is a later end of collection that concerns this person alone.
    """
    now = contest.moment or clock.now()
    state = towards_entry(contest.state_at(now), open_until, now)
    view = matrix().actions["contest.view"]
    return Standing(
        roles,
        phase=state.phase,
        now=where_it_is(state, contest.time_zone),
        knows=view.allows(Standing(roles, phase=state.phase)),
    )


def roles_in(contest, user):
    """List the roles of a person in a contest.

    A contest loaded ``with_roles_of`` that person knows them; else they cost a query.
    """
    if not user.is_authenticated:
        return person_roles(user)
    if getattr(contest, "roles_of", None) != user.pk:
        asked = Contest.objects.filter(pk=contest.pk).annotate(**role_facts(user))
        tell_roles(contest, asked.get(), user)
    roles = person_roles(user)
    if contest.coordinates:
        roles |= {COORDINATOR_JUROR if contest.judges else COORDINATOR}
    if contest.judges:
        roles |= {JUROR_OTHER}
    if contest.prepares:
        roles |= {ORGANISER}
    if contest.represents:
        roles |= {REPRESENTATIVE}
    return roles


def with_roles_of(contests, user):
    """Let each contest of a queryset know the roles of ``user``, in the same query."""
    if not user.is_authenticated:
        return contests
    return contests.annotate(roles_of=Value(user.pk), **role_facts(user))


def tell_roles(contest, source, user):
    """Put what ``role_facts`` found on ``source`` onto the contest."""
    facts = {fact: getattr(source, fact) for fact in _FACTS}
    contest.__dict__.update(facts, roles_of=user.pk)


def role_facts(user, path=""):
    """Annotations that say what ``user`` is in a contest.

    ``path`` leads from the queryset's model to the contest, ``submission__contest__``.
    """
    mine = {"contest": OuterRef(f"{path}pk"), "person": user}
    member = {"organiser": OuterRef(f"{path}series__organiser"), "person": user}
    return {
        "coordinates": Exists(Coordinator.objects.filter(**mine)),
        "judges": Exists(Juror.objects.acting().filter(**mine)),
        "prepares": Exists(OrganiserMember.objects.filter(**member)),
        "represents": Exists(Representative.objects.acting().filter(person=user)),
    }
