"""Which entries and assignments a person may list; what an entry is told beside."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    Count,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from accounts.models import User
from contest.models import Auditor, Contest, Coordinator, Juror
from contest.rulebook import Rulebook, read
from contest.rules import (
    DELIBERATING,
    JUROR_OTHER,
    OFFICES,
    roles_in,
    with_roles_of,
)
from core import clock
from core.policy import Standing, limit_of, matrix
from organisations.models import Claim, Organisation, Representative
from submissions.authorship import begun_by, begun_by_claimant, nominated_by
from submissions.content import CONTENT_FIELDS, freeze, missing, percent_complete
from submissions.file_selectors import content_asked
from submissions.models import (
    Assignment,
    Extension,
    RequirementCheck,
    Submission,
)
from submissions.rules import (
    JUROR_ASSIGNED,
    while_blind,
    with_late_judging,
)

_Listed = TypeVar("_Listed", bound=Model)


def visible_submissions(
    user: User, *, among: Collection[Contest] | None = None
) -> QuerySet[Submission]:
    """The list form of ``submissions.view``; a test keeps them equal.

    ``among`` are the ``contests_of`` the person, where they are loaded already.
    """
    contests = contests_of(user) if among is None else among
    overseen, judged = _contests_by_role(contests, user, "submissions.view")
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    run = Coordinator.objects.filter(person=user).values("contest")
    asked = Q(entered_by=Submission.EnteredBy.SECRETARIAT) | Q(shared_at__isnull=False)
    in_conflict = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    ).values("submission")
    assigned = (
        Assignment.objects.without_conflict()
        .filter(juror__person=user, juror__removed_at__isnull=True)
        .values("submission")
    )
    return _within(Submission.objects.all(), user, "contest").filter(
        Q(organisation__in=owned)
        | Q(prepared_by__in=owned)
        | begun_by(user)
        | (
            (
                Q(contest__in=overseen, submitted_at__isnull=False)
                | (Q(contest__in=run) & asked)
            )
            & ~Q(pk__in=in_conflict)
        )
        | Q(contest__in=judged, pk__in=assigned, submitted_at__isnull=False)
    )


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """One's own as a juror, all of the contests in which one holds an office."""
    contests, action = contests_of(user), "submissions.view_assignment"
    overseen, judged = _contests_by_role(contests, user, action)
    deliberated = _deliberated(contests, user, action)
    owned = Representative.objects.acting().filter(person=user).values("organisation")
    in_conflict = Assignment.objects.filter(
        juror__person=user, conflict_at__isnull=False
    ).values("submission")
    mine = Q(
        submission__contest__in=judged,
        juror__person=user,
        juror__removed_at__isnull=True,
        conflict_at__isnull=True,
    )
    own = Assignment.objects.without_conflict().filter(
        juror__person=user, juror__removed_at__isnull=True, is_assigned=True
    )
    alike = Q(
        submission__contest__in=deliberated,
        submission__in=own.values("submission"),
        conflict_at__isnull=True,
    )
    others = (
        (Q(submission__contest__in=overseen) | alike)
        & ~Q(submission__organisation__in=owned)
        & ~Q(submission__prepared_by__isnull=False, submission__prepared_by__in=owned)
        & ~nominated_by(user, "submission__")
        & ~Q(submission__in=in_conflict)
    )
    listed = Assignment.objects.filter(mine | others)
    return _within(listed, user, "submission__contest")


def _within(things: QuerySet[_Listed], user: User, contest: str) -> QuerySet[_Listed]:
    """Keep what lies in the contest to which the person's token is limited, if so."""
    limit = limit_of(user)
    return things if limit is None else things.filter(**{contest: limit})


def conflict_candidates(contest: Contest, person: User) -> QuerySet[Submission]:
    """List what was entered, with ``conflict``: the person's own pair in conflict."""
    mine = Assignment.objects.in_conflict().filter(
        submission=OuterRef("pk"), juror__person=person
    )
    return (
        Submission.objects.sent()
        .filter(contest=contest)
        .exclude(state=Submission.State.WITHDRAWN)
        .select_related("current_version__content")
        .annotate(conflict=Subquery(mine.values("pk")[:1]))
        .order_by("reference", "pk")
    )


def _contests_by_role(
    contests: Iterable[Contest], user: User, action: str
) -> tuple[list[UUID], list[UUID]]:
    """Contests whose phase lets an office of theirs, and those whose lets a juror."""
    row, now = matrix().actions[action], clock.now()
    by_office, by_juror = [], []
    for contest in contests:
        phase = contest.state_at(now).phase
        roles = roles_in(contest, user)
        if row.allows(Standing(roles & OFFICES, phase=phase)):
            by_office.append(contest.pk)
        if JUROR_OTHER in roles and phase in row.cells.get(JUROR_ASSIGNED, ()):
            by_juror.append(contest.pk)
    return by_office, by_juror


def _deliberated(contests: Iterable[Contest], user: User, action: str) -> list[UUID]:
    """Contests whose jurors see each other's scores now, and the person is one."""
    row, now = matrix().actions[action], clock.now()
    found = []
    for contest in contests:
        roles = roles_in(contest, user) & {DELIBERATING}
        phase = contest.state_at(now).phase
        if row.allows(Standing(while_blind(contest, roles), phase=phase)):
            found.append(contest.pk)
    return found


def contests_of(user: User) -> list[Contest]:
    """Load the contests in which the person has, or had, an office or a seat.

    They know their acts and the person's roles.
    """
    mine = (Coordinator, Juror, Auditor)
    held = (model.objects.filter(person=user).values("contest") for model in mine)
    contests = _within(Contest.objects.all(), user, "pk").filter(
        reduce(or_, (Q(pk__in=ids) for ids in held))
    )
    known = with_late_judging(with_roles_of(contests, user))
    return list(known.prefetch_related("acts"))


def know_contests(entries: Collection[Submission], known: Iterable[Contest]) -> None:
    """Let entries know the acts of their contests: only of those not ``known``."""
    by_key = {contest.pk: contest for contest in known}
    for entry in entries:
        if entry.contest_id in by_key:
            entry.contest = by_key[entry.contest_id]
    prefetch_related_objects(list(entries), "contest__acts")


@dataclass(frozen=True, slots=True)
class Progress:
    """What an entry still needs before it can be sent, and how far it is."""

    missing: list[str]
    percent: int


def progress_of(submission: Submission, rules: Rulebook | None = None) -> Progress:
    """Compare the working copy with the form that it answers."""
    form = rules or read(submission.form.document)
    content = content_asked(submission, form)
    absent = missing(content, form.required_fields, form.questions)
    asked = len(form.required_fields) + sum(q["required"] for q in form.questions)
    return Progress(absent, percent_complete(len(absent), asked))


def extended_until(contest: Contest, organisation: Organisation) -> datetime | None:
    """Tell until when an organisation may enter, where it was given more time."""
    last = (
        Extension.objects.filter(
            contest=contest, organisation=organisation, submission__isnull=True
        )
        .order_by("at", "pk")
        .last()
    )
    return last.until if last else None


def entries_of(
    contest: Contest, organisations: Collection[Organisation]
) -> dict[UUID, list[Submission]]:
    """Find what organisations have in a contest already, withdrawn entries left out."""
    found: dict[UUID, list[Submission]] = {}
    entries = contest.submissions.filter(organisation__in=organisations)
    for entry in entries.exclude(state=Submission.State.WITHDRAWN):
        found.setdefault(entry.organisation_id, []).append(entry)
    return found


def count_by_state(entries: QuerySet[Submission]) -> dict[str, int]:
    """Count entries in each state, those without any included."""
    counted = dict(entries.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in Submission.State.values}


@dataclass(frozen=True, slots=True)
class Way:
    """An organisation for which a person may enter a contest, and what is begun.

    ``waits``: the person only asked to act for it. ``open_until`` is an end of
    collection of its own.
    """

    organisation: Organisation
    waits: bool
    entries: list[Submission]
    open_until: datetime | None


def ways_to_enter(contest: Contest, person: User) -> list[Way]:
    """List the organisations that a person acts for, or asked to; four queries."""
    asked = Claim.objects.pending().of(person).values("organisation")
    represented = Organisation.objects.represented_by(person)
    theirs = Organisation.objects.standing().filter(
        Q(pk__in=represented.values("pk")) | Q(pk__in=asked)
    )
    acting = set(represented.values_list("pk", flat=True))
    begun = Submission.objects.filter(contest=contest).filter(
        Q(organisation__in=represented.values("pk")) | begun_by_claimant(person)
    )
    entries = list(begun.order_by("created_at"))
    more_time = Extension.objects.filter(
        contest=contest, submission__isnull=True, organisation__in=theirs
    )
    until = dict(more_time.order_by("at", "pk").values_list("organisation", "until"))
    now = clock.now()
    return [
        Way(
            organisation,
            waits=organisation.pk not in acting,
            entries=[e for e in entries if e.organisation_id == organisation.pk],
            open_until=end
            if (end := until.get(organisation.pk)) and end > now
            else None,
        )
        for organisation in theirs
    ]


def unsent_drafts(contest: Contest) -> QuerySet[Submission]:
    """Find the drafts that nobody sent, the one touched last first."""
    drafts = Submission.objects.filter(
        contest=contest, state=Submission.State.DRAFT
    ).select_related("organisation", "prepared_by")
    return drafts.order_by("-changed_at", "pk")


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement of the rules and what was found of it, by whom and when."""

    requirement: str
    text: Mapping[str, str]
    checked_by: str
    required: bool
    met: bool | None = None
    note: str = ""
    at: datetime | None = None
    by: str = ""


def checklist(submission: Submission) -> list[Check]:
    """List every requirement in force; what was not checked yet has no time."""
    rows = RequirementCheck.objects.filter(submission=submission)
    last = {row.requirement: row for row in rows}
    names = names_of(row.by_id for row in last.values())
    checks = []
    for requirement in read(submission.contest.rules_in_force.document).eligibility:
        known: dict[str, Any] = {}
        if (code := requirement.code) in submission.checks:
            row = last.get(code)
            known = {"met": submission.checks[code]}
            if row is not None:
                by = names.get(row.by_id, "")
                known |= {"note": row.note, "at": row.at, "by": by}
        checks.append(
            Check(
                code,
                requirement.text,
                requirement.checked_by,
                requirement.required,
                **known,
            )
        )
    return checks


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Name people by their ids, in one query; a name that was erased is empty."""
    rows = User.objects.filter(pk__in=set(people)).values_list("pk", "name")
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that could be taken over, and where it comes from."""

    field: str
    value: Any
    source: str
    edition: str = ""


def suggestions_for(submission: Submission) -> list[Suggestion]:
    """Offer what the register and the organisation's last entry of the series say.

    Only what is not in the entry already, and only answers to questions asked now.
    """
    content = freeze(submission)
    register = submission.organisation
    offered = [
        Suggestion(field, value, "register")
        for field, value in (
            ("municipality", register.municipality),
            ("action_group", register.action_group),
            ("contact_email", register.email),
            ("contact_phone", register.phone),
        )
    ]
    last = (
        Submission.objects.sent()
        .filter(
            organisation=register,
            contest__series=submission.contest.series_id,
        )
        .exclude(contest=submission.contest_id)
        .select_related("contest", "current_version__content")
        .order_by("submitted_at")
        .last()
    )
    if last is not None:
        offered += _from_last_entry(submission, last)
    return [
        suggestion
        for suggestion in offered
        if suggestion.value and suggestion.value != _now(content, suggestion.field)
    ]


def _from_last_entry(submission: Submission, last: Submission) -> list[Suggestion]:
    document, edition = last.sent_document, last.contest.edition
    form = read(submission.form.document)
    questions = {q["code"] for q in form.questions} - {*form.file_questions}
    fields = [f for f in CONTENT_FIELDS if f not in {"answers", "nominations"}]
    values = {field: document.get(field) for field in fields} | {
        f"answers.{code}": answer
        for code, answer in document["answers"].items()
        if code in questions
    }
    return [Suggestion(f, value, "entry", edition) for f, value in values.items()]


def _now(content: Mapping[str, Any], field: str) -> Any:
    name, _dot, code = field.partition(".")
    return content[name].get(code) if code else content[name]
