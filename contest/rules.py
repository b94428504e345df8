"""What a person is towards a contest: the rows ``contest.*`` of the matrix."""

from django.db.models import Exists, OuterRef

from contest.labels import where_it_is
from contest.models import Contest, Coordinator, Juror, Organiser, OrganiserMember
from core import clock
from core.policy import Standing, person_roles, register_permissions, standing
from organisations.models import Representative

COORDINATOR = "coordinator"
COORDINATOR_JUROR = "coordinator_juror"
JUROR_OTHER = "juror_other"
ORGANISER = "organiser"
REPRESENTATIVE = "representative"

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


def standing_in(contest, roles):
    """Add the contest's phase to what a person is there."""
    state = contest.state_at(contest.moment or clock.now())
    return Standing(roles, state.phase, where_it_is(state, contest.time_zone))


def roles_in(contest, user):
    """List the roles of a person in a contest, in one query for one loaded contest.

    The answer is kept on the instance, which lives as long as the request: the gate
    of the interface and the service behind it ask the same question.
    """
    if not user.is_authenticated:
        return person_roles(user)
    known = contest.__dict__.setdefault("_roles", {})
    if user.pk not in known:
        known[user.pk] = person_roles(user) | _roles(contest, user)
    return known[user.pk]


def _roles(contest, user):
    mine = {"contest": OuterRef("pk"), "person": user}
    coordinates, judges, prepares, represents = (
        Contest.objects.filter(pk=contest.pk)
        .values_list(
            Exists(Coordinator.objects.filter(**mine)),
            Exists(Juror.objects.acting().filter(**mine)),
            Exists(
                OrganiserMember.objects.filter(
                    organiser=OuterRef("series__organiser"), person=user
                )
            ),
            Exists(Representative.objects.acting().filter(person=user)),
        )
        .get()
    )
    roles = set()
    if coordinates:
        roles.add(COORDINATOR_JUROR if judges else COORDINATOR)
    if judges:
        roles.add(JUROR_OTHER)
    if prepares:
        roles.add(ORGANISER)
    if represents:
        roles.add(REPRESENTATIVE)
    return frozenset(roles)
