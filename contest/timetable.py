"""What happens next in an edition and when, and the dates that remind of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from audit.services import record
from contest import rulebook, rulebook_problems
from contest.models import Contest
from contest.phases import ActKind, Phase
from core.errors import Invalid, Stale
from core.policy import require
from core.times import local_time

# In the order in which they follow each other.
REMINDERS = ("judging_opens_at", "judging_closes_at", "results_at")
PLANNED = ("opens_at", "closes_at", *REMINDERS)
_LABELS = {
    "announce": gettext_noop("Announce the contest"),
    "opens_at": gettext_noop("Collection of entries opens"),
    "closes_at": gettext_noop("Collection of entries closes"),
    "open_judging": gettext_noop("Open judging"),
    "close_judging": gettext_noop("Close judging"),
    "publish": gettext_noop("Publish the result"),
    "archive": gettext_noop("Archive the edition"),
}
# Each step, and the first phase in which it lies behind us.
_BEHIND = {
    "announce": Phase.ANNOUNCED,
    "opens_at": Phase.OPEN,
    "closes_at": Phase.ELIGIBILITY,
    "open_judging": Phase.JUDGING,
    "close_judging": Phase.DELIBERATION,
    "publish": Phase.PUBLISHED,
    "archive": Phase.ARCHIVED,
}
_REMINDS_OF = {
    "open_judging": "judging_opens_at",
    "close_judging": "judging_closes_at",
    "publish": "results_at",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What will happen: by the clock at ``at``, or when a coordinator does it.

    ``at`` of a coordinator's step is the date that reminds, or None; ``late`` says that
    it has passed and the step is still to be done.
    """

    code: str
    label: str
    by: Literal["clock", "coordinator"]
    at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 -- the word of the interface; Python's own is not used here
    """Where the dates differ from the rules; nothing is blocked."""

    code: str
    message: str


def next_steps(contest: Contest, now: datetime) -> list[Step]:
    """List what is still to come, in its order; the first one is next."""
    phases = list(Phase)
    reached = phases.index(contest.state_at(now).phase)
    return [
        _step(contest, code, now)
        for code, phase in _BEHIND.items()
        if phases.index(phase) > reached
    ]


def timetable_warnings(
    contest: Contest, rules: rulebook.Rulebook, now: datetime
) -> list[Warning]:
    """List where the dates differ from the rules or from what was meant."""
    return [
        *_award_warnings(contest, rules, now),
        *_rule_warnings(contest, rules, now),
        *_late_warnings(contest, now),
    ]


@transaction.atomic
def change_reminders(
    *, contest: Contest, expected_version: int, by: User, **dates: datetime | None
) -> Contest:
    """Set when judging and results are meant to be; only acts make them so."""
    contest = Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    require(by, "contest.change_reminders", contest)
    if contest.version != expected_version:
        raise Stale(
            _(
                "The contest was changed by somebody else in between (version"
                " {current}, yours is {expected}). Nothing of yours was saved."
            ).format(current=contest.version, expected=expected_version),
            extra={
                "current_version": contest.version,
                "current": model_to_dict(contest, fields=REMINDERS),
            },
        )
    require_order({name: getattr(contest, name) for name in PLANNED} | dates)
    for name, value in dates.items():
        setattr(contest, name, value)
    contest.version += 1
    contest.save(update_fields=[*REMINDERS, "version"])
    record(
        "contest.change_reminders",
        contest,
        by=by,
        contest_id=contest.pk,
        label=contest.slug,
        dates={k: value.isoformat() if value else None for k, value in dates.items()},
    )
    return contest


def require_order(fields: Mapping[str, Any]) -> None:
    """Refuse dates that run backwards; those that are not set yet are passed over."""
    known = [(name, fields[name]) for name in PLANNED if fields.get(name)]
    for (before, earlier), (name, later) in pairwise(known):
        if later > earlier:
            continue
        if name == "closes_at":
            message = _("Collection must close after it opens ({opens}).").format(
                opens=earlier
            )
        else:
            message = _("This date must come after {before} ({earlier}).").format(
                before=before, earlier=earlier
            )
        raise Invalid.field(name, message, received=later)


def _step(contest: Contest, code: str, now: datetime) -> Step:
    is_by_clock = code in PLANNED
    if code == "closes_at":
        at = contest.deadline
    else:
        reminder = code if is_by_clock else _REMINDS_OF.get(code)
        at = getattr(contest, reminder) if reminder else None
    if code == ActKind.ANNOUNCE:
        at = _latest_announcement(contest)
    return Step(
        code=code,
        label=_(_LABELS[code]),
        by="clock" if is_by_clock else "coordinator",
        at=at,
        late=at is not None and at <= now,
    )


def _latest_announcement(contest: Contest) -> datetime | None:
    """By when the rules want it announced."""
    if contest.opens_at is None:
        return None
    rules = rulebook.read(contest.rules_in_force.document)
    return contest.opens_at - timedelta(days=rules.announce_days)


def _award_warnings(
    contest: Contest, rules: rulebook.Rulebook, now: datetime
) -> Iterator[Warning]:
    if contest.state_at(now).phase not in (Phase.PUBLISHED, Phase.ARCHIVED):
        for found in rulebook_problems.warnings(rules):
            yield Warning(found.code, str(found.message))


def _rule_warnings(
    contest: Contest, rules: rulebook.Rulebook, now: datetime
) -> Iterator[Warning]:
    if contest.opens_at is None or contest.closes_at is None:
        return
    announced = next((a for a in contest.course() if a.kind == ActKind.ANNOUNCE), None)
    notice = contest.opens_at - (announced.at if announced else now)
    if contest.state_at(now).phase in (Phase.SET_UP, Phase.ANNOUNCED) and (
        notice < timedelta(days=rules.announce_days)
    ):
        yield Warning(
            "announced_late",
            ngettext(
                "By the rules it is announced {days} day before it opens.",
                "By the rules it is announced {days} days before it opens.",
                rules.announce_days,
            ).format(days=rules.announce_days),
        )
    lasts = contest.closes_at - contest.opens_at
    if lasts < timedelta(days=rules.collection_days):
        yield Warning(
            "collection_short",
            ngettext(
                "By the rules collection lasts {days} day.",
                "By the rules collection lasts {days} days.",
                rules.collection_days,
            ).format(days=rules.collection_days),
        )


def _late_warnings(contest: Contest, now: datetime) -> Sequence[Warning]:
    """Of what was meant to be done by now; only the next step can be done."""
    return [
        Warning(
            f"{step.code}_late",
            _("“{step}” was meant for {at} and is still to be done.").format(
                step=step.label, at=local_time(step.at, contest.time_zone)
            ),
        )
        for step in next_steps(contest, now)[:1]
        if step.late and step.code in _REMINDS_OF and step.at
    ]
