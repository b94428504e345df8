"""What a person is towards an entry: the rows ``submissions.*`` of the matrix."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Value
from django.utils.functional import lazy

from contest.labels import collection_is_over, judging_is_over
from contest.models import Contest
from contest.phases import ActKind, Phase
from contest.rules import (
    COORDINATOR,
    COORDINATOR_JUROR,
    DELIBERATING,
    JUROR_OTHER,
    OFFICIALS,
    REPRESENTATIVE,
    role_facts,
    roles_in,
    standing_in,
    tell_roles,
    was_on_panel,
)
from core import clock
from core.policy import Standing, person_roles, register_permissions, standing
from organisations.models import Claim, Organisation, Representative
from organisations.rules import CLAIMANT, OTHER_OWNER, OWNER
from submissions.authorship import begun_by, nominated_by
from submissions.models import Assignment, Attachment, JurorExtension, Submission

PREPARER = "preparer"
SECRETARIAT = "secretariat"
SHARED_WITH = "shared_with"
JUROR_ASSIGNED = "juror_assigned"
JUROR_IN_CONFLICT = "juror_in_conflict"
COORDINATORS = frozenset({COORDINATOR, COORDINATOR_JUROR})
_OWN = frozenset({OWNER, PREPARER, CLAIMANT})

register_permissions("submissions")


@dataclass(frozen=True, slots=True)
class OwnWork:
    """All that a juror has to score in a contest."""

    contest: Contest


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """An assignment of one's own, by what its row and its juror's seat tell alone.

    It opens what the whole standing opens, but not all of that, and its refusals have
    no words: who is refused asks again, with the assignment. ``with_interest_of``.
    """

    assignment: Assignment


@dataclass(frozen=True, slots=True)
class Entering:
    """An organisation that would enter a contest: by itself, or prepared by another.

    ``open_until`` is its own end of collection, where it was given one.
    ``is_nominated``: a person would prepare it alone, without an organisation.
    """

    contest: Contest
    organisation: Organisation
    prepared_by: Organisation | None = None
    open_until: datetime | None = None
    is_nominated: bool = False


@dataclass(frozen=True, slots=True)
class Handling:
    """An entry as who runs the edition handles it: never its content.

    What was never sent has no reader but its organisation, and yet gets an extension
    or a consent on paper.
    """

    submission: Submission


@standing.register
def _standing_towards_entering(obj: Entering, user) -> Standing:
    mine = _ties(user, obj.organisation.pk, getattr(obj.prepared_by, "pk", None))
    if not mine & _OWN and asks_for(user, obj.organisation.pk):
        mine |= {CLAIMANT}
    if obj.is_nominated and user.is_authenticated and not mine & _OWN:
        mine = (mine - {OTHER_OWNER}) | {PREPARER}
    roles = roles_in(obj.contest, user) | mine
    if mine & _OWN:
        roles -= OFFICIALS
    return _standing(obj.contest, roles, obj.open_until)


@standing.register
def _standing_towards_submission(obj: Submission, user) -> Standing:
    roles = _roles(obj, user, _own_assignment(obj, user))
    return _standing(obj.contest, roles, obj.open_until)


@standing.register
def _standing_towards_handling(obj: Handling, user) -> Standing:
    entry = obj.submission
    roles = _roles(entry, user, _own_assignment(entry, user), is_handled=True)
    return _standing(entry.contest, roles, entry.open_until)


def _standing(contest, roles, open_until):
    """Let the own end of an entry's collection count for those who write in it."""
    if not roles & _OWN:
        return standing_in(contest, roles)
    person = standing_in(contest, roles, open_until=open_until)
    return replace(person, over={Phase.OPEN: _collection_is_over(contest, open_until)})


@standing.register
def _standing_towards_assignment(obj: Assignment, user) -> Standing:
    """As towards the entry, but ``juror_assigned`` only for one's own assignment."""
    is_own = user.is_authenticated and obj.juror.person_id == user.pk
    if is_own:
        roles = _roles(obj.submission, user, obj)
        return _with_more_time(obj.submission.contest, user, roles)
    own = _own_assignment(obj.submission, user)
    own_roles = {JUROR_ASSIGNED, JUROR_IN_CONFLICT}
    roles = _roles(obj.submission, user, own) - own_roles
    if own is None or not own.is_assigned or obj.conflict_at is not None:
        # Jurors compare their scores of the entries that they have in common.
        roles -= {DELIBERATING}
    contest = obj.submission.contest
    return standing_in(contest, while_blind(contest, roles))


@standing.register
def _standing_towards_own_sheet(obj: OwnSheet, user) -> Standing:
    assignment, entry = obj.assignment, obj.assignment.submission
    may_score = (
        user.is_authenticated
        and assignment.juror.person_id == user.pk
        and assignment.juror.is_voting
        and assignment.conflict_at is None
        and entry.submitted_at is not None
        and not assignment.is_of_interest
    )
    roles = {JUROR_OTHER, JUROR_ASSIGNED} if may_score else set()
    return standing_in(entry.contest, person_roles(user) | roles)


@standing.register
def _standing_towards_attachment(obj: Attachment, user) -> Standing:
    """As towards the entry; which of its files one may open, ``selectors`` tells."""
    return _standing_towards_submission(obj.submission, user)


@standing.register
def _standing_towards_own_work(obj: OwnWork, user) -> Standing:
    return _with_more_time(obj.contest, user, roles_in(obj.contest, user))


def _with_more_time(contest, user, roles):
    """Towards the own sheets judging goes on while an extension runs.

    Decided by the database's clock, and asked only once judging was closed. A juror who
    coordinates sees everybody's scores by then, and has no more time.
    """
    usual = standing_in(contest, roles)
    if JUROR_OTHER in roles:
        usual = replace(usual, over={Phase.JUDGING: _judging_is_over(contest, user)})
    is_juror_only = JUROR_OTHER in roles and COORDINATOR_JUROR not in roles
    if usual.phase != Phase.DELIBERATION or not is_juror_only:
        return usual
    own = _late(juror__contest=contest, juror__person=user)
    return replace(usual, phase=Phase.JUDGING) if own.exists() else usual


def _told_collection_is_over(contest, open_until):
    ends = [at for at in (contest.deadline, open_until) if at and at <= clock.now()]
    return collection_is_over(max(ends), *_whom(contest)) if ends else ""


def _told_judging_is_over(contest, user):
    ended = judging_ended(contest, user)
    return judging_is_over(ended, *_whom(contest)) if ended else ""


def _whom(contest):
    organiser = contest.series.organiser
    return contest.time_zone, (str(organiser), organiser.phone, organiser.email)


# Words that only a refusal needs.
_collection_is_over = lazy(_told_collection_is_over, str)
_judging_is_over = lazy(_told_judging_is_over, str)


def judging_ended(contest, user):
    """Tell when the time to score ended for a juror; None while it has not."""
    told = JurorExtension.objects.filter(juror__contest=contest, juror__person=user)
    given = told.order_by("-at", "pk").values_list("until", flat=True)[:1]
    closed = [a.at for a in contest.course() if a.kind == ActKind.CLOSE_JUDGING]
    now = clock.now()
    return max((at for at in (*closed, *given) if at <= now), default=None)


def with_more_time(user):
    """Contests in which a juror still scores after judging was closed, as keys.

    Not those that the person coordinates too, as in ``_with_more_time``.
    """
    late = _late(juror__person=user).exclude(juror__contest__coordinators__person=user)
    return set(late.values_list("juror__contest", flat=True))


def while_blind(contest, roles):
    """Keep jurors from each other's scores while one of them still has time."""
    if DELIBERATING in roles and is_somebody_still_judging(contest):
        return roles - {DELIBERATING}
    return roles


def with_late_judging(contests):
    """Let contests know ``is_somebody_still_judging``, in the same query."""
    return contests.annotate(
        has_late_judging=Exists(_late(juror__contest=OuterRef("pk")))
    )


def is_somebody_still_judging(contest):
    """Tell whether a juror has more time after judging was closed."""
    told = contest.__dict__.get("has_late_judging")
    return _late(juror__contest=contest).exists() if told is None else told


def _late(**where):
    running = JurorExtension.objects.running(clock.database_clock())
    return running.filter(juror__removed_at__isnull=True, **where)


def _own_assignment(submission, user):
    """The assignment by which ``user`` judges the entry, or has a conflict with it."""
    if not was_on_panel(submission.contest, user):
        return None
    return Assignment.objects.filter(submission=submission, juror__person=user).first()


def with_interest_of(assignments, user):
    """Let assignments know whether ``user`` acts for who owns or prepared the entry."""
    owner = _represents(user, "submission__organisation")
    preparer = _represents(user, "submission__prepared_by")
    alone = nominated_by(user, "submission__")
    return assignments.annotate(is_of_interest=owner | preparer | alone)


def with_standing_of(assignments, user):
    """Let assignments know what ``standing`` asks about ``user``, in the same query."""
    return assignments.annotate(
        ties_of=Value(user.pk),
        owns=_represents(user, "submission__organisation"),
        prepares_entry=_represents(user, "submission__prepared_by"),
        **role_facts(user, "submission__contest__"),
    )


def with_ownership_of(submissions, user):
    """Let each entry of a queryset know whether it is ``user``'s to write."""
    owner = _represents(user, "organisation")
    prepares = _represents(user, "prepared_by")
    return submissions.annotate(owns=owner | prepares | begun_by(user))


def asks_for(user, organisation_id):
    """Tell whether a person asked to act for the organisation and waits."""
    if not user.is_authenticated:
        return False
    claims = Claim.objects.pending().of(user)
    return claims.filter(organisation=organisation_id).exists()


def is_told_as_owner(submission, user):
    """Tell whether a person sees the entry as its organisation does."""
    return bool(_ties_to(submission, user) & _OWN)


def entries_of_interest(user):
    """Sent entries of one's own organisations, and those one stepped back from.

    An organisation's own are those that it owns and those that it prepared; a person's
    are also those nominated alone.
    """
    represented = Representative.objects.acting().filter(person=user)
    organisations = represented.values("organisation")
    stepped_back = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    )
    return Submission.objects.sent().filter(
        Q(organisation__in=organisations)
        | Q(prepared_by__in=organisations)
        | begun_by(user)
        | Q(pk__in=stepped_back.values("submission"))
    )


def tell_standing(assignment, user):
    """Hand what ``with_standing_of`` found to the entry and its contest."""
    submission = assignment.submission
    tell_roles(submission.contest, assignment, user)
    submission.ties_of = user.pk
    submission.owns = assignment.owns
    submission.prepares_entry = assignment.prepares_entry


def _represents(user, path):
    acting = Representative.objects.acting().filter(person=user)
    return Exists(acting.filter(organisation=OuterRef(path)))


def _ties(user, organisation_id, prepared_by_id):
    """What the organisations that a person acts for make of the person."""
    if not user.is_authenticated:
        return frozenset()
    represented = set(
        Representative.objects.acting()
        .filter(person=user)
        .values_list("organisation_id", flat=True)
    )
    return _ties_from(
        owns=organisation_id in represented,
        prepares=prepared_by_id in represented,
        represents=bool(represented),
    )


def _ties_from(*, owns, prepares, represents):
    own = {OWNER: owns, PREPARER: prepares}
    ties = frozenset(role for role, is_so in own.items() if is_so)
    return ties or (frozenset({OTHER_OWNER}) if represents else frozenset())


def _ties_to(submission, user):
    """As its people's own, or begun by who asks to be one of them: only what is theirs.

    A claimant sees nothing that the organisation itself wrote.
    """
    ties = _represented_ties(submission, user)
    is_author = user.is_authenticated and submission.created_by_id == user.pk
    if is_author and submission.nominator_id and not ties & _OWN:
        return (ties - {OTHER_OWNER}) | {PREPARER}
    by_owner = submission.entered_by == Submission.EnteredBy.OWNER
    if is_author and by_owner and not ties & _OWN:
        waits = asks_for(user, submission.organisation_id)
        return ties | {CLAIMANT} if waits else ties
    return ties


def _represented_ties(submission, user):
    if user.is_authenticated and submission.__dict__.get("ties_of") == user.pk:
        return _ties_from(
            owns=submission.owns,
            prepares=submission.prepares_entry,
            represents=REPRESENTATIVE in roles_in(submission.contest, user),
        )
    return _ties(user, submission.organisation_id, submission.prepared_by_id)


def _roles(submission, user, assignment, *, is_handled=False):
    """Conflict beats every role: who has one holds no office here, on the panel or not.

    What was never sent is nobody's but its organisation's and of whom prepares it, or
    of the coordinators whom the organisation asked to look.
    """
    ties = _ties_to(submission, user)
    roles = roles_in(submission.contest, user) | ties
    scores = assignment is not None and JUROR_OTHER in roles
    if assignment is not None and assignment.conflict_at is not None:
        in_conflict = {JUROR_IN_CONFLICT} if scores else set()
        return (roles - OFFICIALS) | in_conflict
    if ties & _OWN:
        return roles - OFFICIALS
    if roles & COORDINATORS:
        roles |= _helps(submission)
    if submission.submitted_at is None:
        return roles if is_handled else roles - OFFICIALS
    return roles | {JUROR_ASSIGNED} if scores else roles


def _helps(submission):
    """What coordinators are towards an entry that is theirs, or shown to them."""
    is_theirs = submission.entered_by == Submission.EnteredBy.SECRETARIAT
    helps = {SECRETARIAT: is_theirs, SHARED_WITH: submission.shared_at is not None}
    return frozenset(role for role, is_so in helps.items() if is_so)
