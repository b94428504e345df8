"""Whom an entry's life is told. Called by services, inside their transactions."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.letters import recipient_of
from accounts.models import User
from contest.consequences import writes_after
from contest.letters import named, sender_of
from contest.models import Act, Contest, Juror
from contest.phases import ActKind, Phase
from core import clock
from core.times import lazy_local_time
from mail import links
from mail.letters import Letter, Recipient, Template
from mail.services import post
from organisations.notices import speakers_of
from submissions.authorship import nominators_of, preparer_of
from submissions.letters import (
    CONFIRMATION_WANTED,
    CORRECTION_WANTED,
    DEADLINE_MOVED,
    ENTRIES_ASSIGNED,
    ENTRY_EXTENDED,
    JUDGING_OPENED,
    JUROR_EXTENDED,
    RECEIPT,
    RESULTS_PUBLISHED,
)
from submissions.models import (
    Assignment,
    CorrectionRequest,
    Extension,
    JurorExtension,
    Submission,
    SubmissionVersion,
)

_MOST_NAMED = 15  # entries that a letter names: as many as fit the longest value
_NOT_KNOWN_YET = "…"  # in the letter of a deadline that is only meant


def tell_receipt(current: Submission, version: SubmissionVersion, *, by: User) -> None:
    """Give the receipt to all who act for the entry, and to who sent it."""
    ends = current.contest.deadline, current.open_until
    until = max((end for end in ends if end), default=None)
    is_open = until is not None and until > version.submitted_at
    values = {
        "reference": current.reference,
        "version": version.number,
        "at": lazy_local_time(version.submitted_at, current.contest.time_zone),
        "digest": version.sha256,
        "until": _written(until, current.contest) if is_open else "",
    }
    to = [*_interested(current), recipient_of(by)]
    _tell_of(current, RECEIPT, to, occasion=version.pk, **values)


def tell_preparation(current: Submission) -> int:
    """Tell its owner that others prepare an entry, which needs the owner's word.

    Once for each version; tells how many letters are new.
    """
    preparer = preparer_of(current) or current.contest.series.organiser
    owners = speakers_of([current.organisation_id]).get(current.organisation_id, [])
    return _tell_of(
        current,
        CONFIRMATION_WANTED,
        owners,
        occasion=f"{current.pk} {current.version}",
        preparer=preparer,
        until=_written(current.contest.deadline, current.contest),
    )


def tell_correction(current: Submission, request: CorrectionRequest) -> None:
    """Tell what is to be corrected, why and until when."""
    _tell_of(
        current,
        CORRECTION_WANTED,
        _interested(current),
        occasion=request.pk,
        reference=current.reference,
        reason=request.reason,
        until=_written(request.until, current.contest),
    )


def tell_extension(extension: Extension) -> None:
    """Tell an organisation that it, or one entry of it, has more time."""
    contest, entry = extension.contest, extension.submission
    told = _interested(entry) if entry else _speakers({extension.organisation_id})
    values = named(contest) | {
        "organisation": extension.organisation,
        "title": entry.title if entry else "",
        "until": _written(extension.until, contest),
    }
    link = links.entry(entry.pk) if entry else links.contest(contest.slug)
    letters = (
        Letter(ENTRY_EXTENDED, to, str(extension.pk), values, link) for to in told
    )
    post(*letters, sender=sender_of(contest))


def tell_juror(extension: JurorExtension, contest: Contest) -> None:
    """Tell a juror that there is more time to judge."""
    values = named(contest) | {"until": _written(extension.until, contest)}
    person = extension.juror.person
    letter = Letter(
        JUROR_EXTENDED,
        to=recipient_of(person),
        occasion=str(extension.pk),
        values=values,
        link=links.judging(contest.slug),
    )
    post(letter, sender=sender_of(contest))


def tell_assigned(contest: Contest, pairs: Iterable[tuple[Submission, Juror]]) -> None:
    """Tell jurors which entries they were given while judging is open.

    Before that, opening judging tells them of all at once.
    """
    now = clock.now()
    if contest.state_at(now).phase != Phase.JUDGING:
        return
    given: dict[Juror, list[str]] = {}
    for entry, juror in pairs:
        given.setdefault(juror, []).append(entry.reference)
    values = named(contest) | {"until": time_left(contest.judging_closes_at, contest)}
    letters = (
        Letter(
            ENTRIES_ASSIGNED,
            to=recipient_of(juror.person),
            occasion=f"{contest.pk} {now.isoformat()}",
            values=values
            | {"count": len(references), "references": _listed(references)},
            link=links.judging(contest.slug),
        )
        for juror, references in given.items()
        if juror.person.is_active
    )
    post(*letters, sender=sender_of(contest))


@writes_after(ActKind.MOVE_DEADLINE)
def letters_of_new_deadline(act: Act) -> list[Letter]:
    """Tell all who have begun or sent an entry that the deadline was moved."""
    contest = act.contest
    until = _written(act.until, contest) or _NOT_KNOWN_YET
    entries, link = contest.submissions.all(), links.contest(contest.slug)
    return _to_entrants(act, DEADLINE_MOVED, link, entries, until=until)


@writes_after(ActKind.PUBLISH)
def letters_of_results(act: Act) -> list[Letter]:
    """Tell all whose entry was sent where the results are."""
    contest = act.contest
    entries, link = contest.submissions.sent(), links.results(contest.slug)
    return _to_entrants(act, RESULTS_PUBLISHED, link, entries)


@writes_after(ActKind.OPEN_JUDGING)
def letters_to_jurors(act: Act) -> list[Letter]:
    """Tell each juror who has something to judge that judging has begun."""
    contest = act.contest
    assigned = Assignment.objects.judging().assigned()
    counts = assigned.filter(submission__contest=contest).values_list("juror")
    entries = dict(counts.annotate(Count("pk")).order_by())
    jurors = Juror.objects.voting().filter(pk__in=entries, person__is_active=True)
    values = named(contest) | {"until": time_left(contest.judging_closes_at, contest)}
    return [
        Letter(
            JUDGING_OPENED,
            to=recipient_of(juror.person),
            occasion=str(act.pk),
            values=values | {"count": entries[juror.pk]},
            link=links.judging(contest.slug),
        )
        for juror in jurors.select_related("person")
    ]


def _tell_of(
    current: Submission,
    template: Template,
    recipients: Iterable[Recipient],
    *,
    occasion: UUID | str,
    **values: Any,
) -> int:
    of_entry = {"title": current.title, "organisation": current.organisation}
    letters = (
        Letter(
            template,
            to=to,
            occasion=str(occasion),
            values=named(current.contest) | of_entry | values,
            link=links.entry(current.pk),
        )
        for to in recipients
    )
    return post(*letters, sender=sender_of(current.contest))


def _to_entrants(
    act: Act,
    template: Template,
    link: str,
    entries: QuerySet[Submission],
    **facts: Any,
) -> list[Letter]:
    concerned = entries.exclude(state=Submission.State.WITHDRAWN).only(
        "contest", "organisation", "prepared_by", "entered_by", "created_by_id"
    )
    values = named(act.contest) | facts
    return [
        Letter(template, to, str(act.pk), values, link)
        for to in _interested(*concerned.order_by())
    ]


def _interested(*entries: Submission) -> list[Recipient]:
    organisations = {pk for e in entries for pk in e.interested_organisations}
    people = nominators_of(entries).values()
    return [*_speakers(organisations), *map(recipient_of, people)]


def _speakers(organisations: Collection[UUID]) -> list[Recipient]:
    found = speakers_of(organisations).values()
    return [recipient for recipients in found for recipient in recipients]


def time_left(until: datetime | None, contest: Contest) -> str:
    """Tell until when there is time; nothing where the planned end has passed.

    Judging ends by an act: a day that was planned may lie behind while it goes on.
    """
    is_ahead = until is not None and until > clock.now()
    return _written(until, contest) if is_ahead else ""


def _listed(references: list[str]) -> str:
    """Name the first references; a letter cuts a long value in the middle of one."""
    more = ["…"] if len(references) > _MOST_NAMED else []
    return ", ".join([*sorted(references)[:_MOST_NAMED], *more])


def _written(at: datetime | None, contest: Contest) -> str:
    return lazy_local_time(at, contest.time_zone) if at else ""
