"""What a person is towards a contest: the rows ``contest.*`` of the matrix."""

from django.db.models import Exists, OuterRef, Subquery, Value
from django.utils.functional import lazy

from contest.labels import where_it_is
from contest.models import (
    Auditor,
    Contest,
    Coordinator,
    Juror,
    Organiser,
    OrganiserMember,
    RulebookVersion,
)
from contest.phases import towards_entry
from contest.witness import note_reading
from core import clock
from core.policy import (
    EVERYBODY,
    Standing,
    matrix,
    person_roles,
    register_permissions,
    standing,
    watch,
)
from organisations.models import Representative

COORDINATOR = "coordinator"
COORDINATOR_JUROR = "coordinator_juror"
JUROR_OTHER = "juror_other"
DELIBERATING = "deliberating"
CHAIR = "chair"
SECRETARY = "secretary"
OBSERVER = "observer"
AUDITOR = "auditor"
ORGANISER = "organiser"
REPRESENTATIVE = "representative"

# Who sees entries of others by office.
OFFICES = frozenset(
    {COORDINATOR, COORDINATOR_JUROR, CHAIR, SECRETARY, OBSERVER, AUDITOR}
)
# What a conflict or an own entry takes from them.
OFFICIALS = OFFICES | {DELIBERATING}

# Who knows of a rehearsal at all.
_INSIDERS = OFFICES | {JUROR_OTHER, ORGANISER}

_FACTS = ("coordinates", "seat", "deliberates", "audits", "prepares", "represents")
# What a seat on the panel makes of a person. A substitute waits.
_SEATS = {
    Juror.Role.CHAIR: frozenset({JUROR_OTHER, CHAIR}),
    Juror.Role.DEPUTY: frozenset({JUROR_OTHER, CHAIR}),  # in the chair's stead
    Juror.Role.MEMBER: frozenset({JUROR_OTHER}),
    Juror.Role.SECRETARY: frozenset({SECRETARY}),
    Juror.Role.OBSERVER: frozenset({OBSERVER}),
    Juror.Role.SUBSTITUTE: frozenset(),
}
_SCORES_OR_MAY = {*Juror.VOTING, Juror.Role.SUBSTITUTE}

_where_it_is = lazy(where_it_is, str)  # words that only a refusal needs

register_permissions("contest")
# In these lists over all contests an auditor's rows stand among those of other roles.
watch(AUDITOR, note_reading, lists=("submissions.list", "submissions.list_assignments"))


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
    if contest.is_rehearsal and EVERYBODY not in roles:
        roles = frozenset()  # whatever they are elsewhere: to strangers it is not there
    now = contest.moment or clock.now()
    state = towards_entry(contest.state_at(now), open_until, now)
    view = matrix().actions["contest.view"]
    return Standing(
        roles,
        phase=state.phase,
        now=_where_it_is(state, contest.time_zone),
        knows=view.allows(Standing(roles, phase=state.phase)),
        contest=contest.pk,
    )


def roles_in(contest, user):
    """List the roles of a person in a contest.

    A contest loaded ``with_roles_of`` that person knows them; else they cost a query.
    """
    if not user.is_authenticated:
        return frozenset() if contest.is_rehearsal else person_roles(user)
    _ask_facts(contest, user)
    roles = person_roles(user) | _SEATS.get(contest.seat, frozenset())
    if JUROR_OTHER in roles and contest.deliberates:
        roles |= {DELIBERATING}
    if contest.coordinates:
        is_juror = contest.seat in _SCORES_OR_MAY
        roles |= {COORDINATOR_JUROR if is_juror else COORDINATOR}
    if contest.audits and contest.seat not in _SEATS:
        # Nobody on the panel reads the scores of others by way of an audit.
        roles |= {AUDITOR}
    if contest.prepares:
        roles |= {ORGANISER}
    if contest.is_rehearsal and not (roles & _INSIDERS or _is_generated(contest, user)):
        return frozenset()
    if contest.represents:
        roles |= {REPRESENTATIVE}
    return roles


def generated_domain(contest):
    """Name where the people of a rehearsal have addresses: nowhere (RFC 2606)."""
    return f"@{contest.pk.hex}.invalid"


def _is_generated(contest, user):
    return user.email.endswith(generated_domain(contest))


def was_on_panel(contest, user):
    """Tell whether the person ever had a seat: a conflict outlives its juror."""
    if not user.is_authenticated:
        return False
    _ask_facts(contest, user)
    return contest.seat is not None


def _ask_facts(contest, user):
    if getattr(contest, "roles_of", None) != user.pk:
        asked = Contest.objects.filter(pk=contest.pk).annotate(**role_facts(user))
        tell_roles(contest, asked.get(), user)


def with_roles_of(contests, user, *, at=None):
    """Let each contest of a queryset know the roles of ``user``, in the same query.

    ``at`` is the time, where it is not asked for here.
    """
    if not user.is_authenticated:
        return contests
    return contests.annotate(roles_of=Value(user.pk), **role_facts(user, at=at))


def tell_roles(contest, source, user):
    """Put what ``role_facts`` found on ``source`` onto the contest."""
    facts = {fact: getattr(source, fact) for fact in _FACTS}
    contest.__dict__.update(facts, roles_of=user.pk)


def role_facts(user, path="", *, at=None):
    """Annotations that say what ``user`` is in a contest, now or ``at`` a time.

    ``path`` leads from the queryset's model to the contest, ``submission__contest__``.
    """
    mine = {"contest": OuterRef(f"{path}pk"), "person": user}
    member = {"organiser": OuterRef(f"{path}series__organiser"), "person": user}
    return {
        "coordinates": Exists(Coordinator.objects.filter(**mine)),
        "seat": Subquery(
            Juror.objects.filter(**mine).with_seat().order_by().values("seat")[:1]
        ),
        "deliberates": Exists(
            RulebookVersion.objects.filter(
                pk=OuterRef(f"{path}rulebook"),
                document__visibility__deliberation=True,
            )
        ),
        "audits": Exists(Auditor.objects.acting(at or clock.now()).filter(**mine)),
        "prepares": Exists(OrganiserMember.objects.filter(**member)),
        "represents": Exists(Representative.objects.acting().filter(person=user)),
    }
