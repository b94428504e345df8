"""A judged contest in a moment, for benchmarks and rehearsals only.

The contest, its panel and its acts come from the services. What there is much of
(organisations, entries, sheets, scores and their history) is written in bulk through
the models directly: no permission is asked, nothing is recorded row by row. What it
leaves is what the services would have left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import invite
from audit.services import record
from config.demo.marks import Marks, generator
from contest import rulebook
from contest.course import record_act
from contest.models import Contest, Criterion, Juror, Organiser, OrganiserMember, Series
from contest.panel import invite_juror
from contest.phases import ActKind
from contest.services import create_contest
from core import clock
from core.digests import json_digest
from organisations.countries import country
from organisations.models import Organisation
from scoring.models import Score, ScoreEvent, Sheet
from submissions.content import freeze
from submissions.models import (
    Assignment,
    Submission,
    SubmissionVersion,
    VersionContent,
)

_SERIES = "seeded"
_PORTION = 50  # entries that are held in memory at once
_OPENED_AGO, _SENT_AGO, _CLOSED_AGO = (timedelta(days=d) for d in (40, 11, 10))
_TEXT = "Sugeneruotas tekstas greičiui matuoti. " * 8
_NOTE = {
    "lt": "Sugeneruota greičiui matuoti: nieko tikro čia nėra.",
    "en": "Generated to measure speed: nothing here is real.",
}
_CONSENTS = {"processing": True, "publication": False, "texts_version": "1"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; ``share`` is that of the jurors who score an entry."""

    entries: int
    jurors: int
    criteria: int
    share: float

    @property
    def jurors_per_entry(self) -> int:
        """At least one."""
        return max(1, round(self.share * self.jurors))


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was written."""

    contest: Contest
    sheets: int
    scores: int


@transaction.atomic
def seed_contest(*, slug: str, size: Size, seed: int) -> Seeded:
    """Write a contest with all sheets sent and judging closed, or nothing.

    The same seed and size give the same marks.
    """
    chance = generator(seed)
    owner = invite(email=f"coordinator@{slug}.example.org", by=None).person
    contest = _open(slug, size, owner)
    jurors = [
        invite_juror(
            contest=contest,
            email=f"juror-{number}@{slug}.example.org",
            name=f"Narys {number}",
            role=Juror.Role.MEMBER,
            by=owner,
        )[0]
        for number in range(1, size.jurors + 1)
    ]
    record_act(contest=contest, kind=ActKind.OPEN_JUDGING, reason="", by=owner)
    _write_everything(contest, jurors, size, chance, by=owner)
    record_act(contest=contest, kind=ActKind.CLOSE_JUDGING, reason="", by=owner)
    sheets = size.entries * size.jurors_per_entry
    record("contest.seed", contest, by=None, contest_id=contest.pk, sheets=sheets)
    return Seeded(contest, sheets=sheets, scores=sheets * size.criteria)


def rulebook_document(criteria: int) -> dict[str, Any]:
    """Make the rulebook of LKBS with as many criteria as asked, each a nomination."""
    document = rulebook.template("lkbs")
    criterion, best = document["criteria"][0], document["nominations"][0]
    codes = [f"criterion_{number}" for number in range(1, criteria + 1)]
    document["criteria"] = [{**criterion, "code": c, "title": {"lt": c}} for c in codes]
    document["nominations"] = [
        best,
        *(
            {**best, "code": f"by_{c}", "title": {"lt": c}, "weights": {c: "1"}}
            for c in codes
        ),
    ]
    document["tie_breaks"] = [f"criterion:{codes[0]}", "median", "top_marks"]
    return document


def _open(slug: str, size: Size, owner: User) -> Contest:
    organiser, _ = Organiser.objects.get_or_create(
        slug=_SERIES, defaults={"name": {"lt": "Sugeneruota"}}
    )
    OrganiserMember.objects.get_or_create(organiser=organiser, person=owner)
    series, _ = Series.objects.get_or_create(
        slug=_SERIES, defaults={"organiser": organiser, "title": {"lt": "Sugeneruota"}}
    )
    now = clock.now()
    contest = create_contest(
        series=series,
        rulebook_document=rulebook_document(size.criteria),
        by=owner,
        slug=slug,
        title={"lt": slug},
        edition=slug[:30],
        languages=["lt", "en"],
        fallback_language="lt",
        opens_at=now - _OPENED_AGO,
        closes_at=now - _CLOSED_AGO,
        sample_note=_NOTE,
    )
    record_act(contest=contest, kind=ActKind.ANNOUNCE, reason="", by=owner)
    return contest


def _write_everything(
    contest: Contest, jurors: Sequence[Juror], size: Size, chance: Random, *, by: User
) -> None:
    criteria = list(contest.criteria.filter(retired=False))
    steps = rulebook.read(contest.rules_in_force.document).criteria[0].scale.steps
    marks = Marks(chance, jurors=len(jurors), criteria=len(criteria), steps=steps)
    everybody = range(len(jurors))
    for first in range(1, size.entries + 1, _PORTION):
        portion = range(first, min(first + _PORTION, size.entries + 1))
        sheets = _Sheets()
        for entry in _write_entries(contest, portion, by=by):
            quality = marks.entry()
            chosen = sorted(chance.sample(everybody, size.jurors_per_entry))
            for number in chosen:
                values = marks.sheet(quality, number)
                sheets.add(
                    entry, jurors[number], dict(zip(criteria, values, strict=True))
                )
        sheets.write()
    Contest.objects.filter(pk=contest.pk).update(last_reference=size.entries)


def _write_entries(
    contest: Contest, numbers: Sequence[int], *, by: User
) -> list[Submission]:
    sent_at = clock.now() - _SENT_AGO
    organisations = [_organisation(number) for number in numbers]
    Organisation.objects.bulk_create(organisations)
    entries = [
        _entry(contest, organisation, number, sent_at, by=by)
        for organisation, number in zip(organisations, numbers, strict=True)
    ]
    contents = [_content(entry, sent_at) for entry in entries]
    # Entry and version name each other: such keys are checked at the commit.
    Submission.objects.bulk_create(entries)
    SubmissionVersion.objects.bulk_create([content.version for content in contents])
    VersionContent.objects.bulk_create(contents)
    return entries


def _organisation(number: int) -> Organisation:
    places = sorted(country("LT").municipalities)
    made = Organisation(
        kind=Organisation.Kind.COMMUNITY, municipality=places[number % len(places)]
    )
    made.set_name(f"Bendruomenė Nr. {number}")
    return made


def _entry(
    contest: Contest,
    organisation: Organisation,
    number: int,
    sent_at: datetime,
    *,
    by: User,
) -> Submission:
    return Submission(
        contest=contest,
        organisation=organisation,
        reference=f"{contest.reference_prefix}-{number:03d}",
        state=Submission.State.ELIGIBLE,
        created_by_id=by.pk,
        created_at=sent_at,
        changed_at=sent_at,
        submitted_at=sent_at,
        decided_at=clock.now(),
        checks=dict.fromkeys(_requirements(contest), True),
        title=f"Projektas Nr. {number}",
        summary=_TEXT,
        innovation=_TEXT,
        success=_TEXT,
        social_responsibility=_TEXT,
        municipality=organisation.municipality,
    )


def _requirements(contest: Contest) -> Sequence[str]:
    return rulebook.read(contest.rules_in_force.document).requirements


def _content(entry: Submission, sent_at: datetime) -> VersionContent:
    document, salt = freeze(entry), entry.pk.hex  # it hides nothing: nobody is named
    entry.current_version = SubmissionVersion(
        submission=entry,
        number=1,
        working_version=entry.version,
        rulebook=entry.contest.rules_in_force,
        submitted_at=sent_at,
        by_id=entry.created_by_id,
        sha256=json_digest(document, salt=salt),
    )
    return VersionContent(
        version=entry.current_version,
        document=document,
        salt=salt,
        signed_by="Pavyzdinis atstovas",
        signed_role="atstovas",
        consents=_CONSENTS,
    )


class _Sheets:
    """Sent sheets with their history, until they are written."""

    def __init__(self) -> None:
        self._now = clock.now()
        self._assignments: list[Assignment] = []
        self._sheets: list[Sheet] = []
        self._scores: list[Score] = []
        self._events: list[ScoreEvent] = []

    def add(self, entry: Submission, juror: Juror, steps: dict[Criterion, int]) -> None:
        """Keep a juror's sheet for an entry, each criterion saved once, then sent."""
        assignment = Assignment(submission=entry, juror=juror, created_at=self._now)
        sheet = Sheet(assignment=assignment, state=Sheet.State.SENT, sent_at=self._now)
        event = partial(
            ScoreEvent,
            sheet_id=assignment.pk,
            by_id=juror.person_id,
            at=self._now,
        )
        self._assignments.append(assignment)
        self._sheets.append(sheet)
        for criterion, value in steps.items():
            answers = {"criterion_id": criterion.pk, "steps": value, "version": 1}
            self._scores.append(
                Score(sheet_id=assignment.pk, changed_at=self._now, **answers)
            )
            self._events.append(event(kind=ScoreEvent.Kind.SAVED, **answers))
        self._events.append(event(kind=ScoreEvent.Kind.SENT))

    def write(self) -> None:
        """Insert everything in the order of its keys."""
        Assignment.objects.bulk_create(self._assignments)
        Sheet.objects.bulk_create(self._sheets)
        Score.objects.bulk_create(self._scores)
        ScoreEvent.objects.bulk_create(self._events)
