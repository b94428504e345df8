"""Letters that remind of entries that were written and not sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import F, Q
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from accounts.letters import recipient_of
from contest.letters import named
from contest.models import Contest
from contest.phases import Phase
from core.times import local_time
from mail import links
from mail.letters import Letter, Recipient, fill, one_line
from organisations.notices import speakers_of
from submissions.authorship import nominators_of
from submissions.letters import DRAFTS_WAIT
from submissions.models import Submission

_State = Submission.State
_Ending = tuple[Submission, datetime]


def letters_of_unsent(
    contest: Contest,
    *,
    now: datetime,
    occasion: str = "",
    ending_by: datetime | None = None,
    for_others: bool = False,
) -> list[Letter]:
    """Write to all with entries that can be sent and are not, one letter an address.

    ``ending_by`` leaves out those with more time; without an ``occasion`` it is the end
    that is near. ``for_others`` leaves out what stands in the entries: it is shown to
    those who run the contest, whose a draft is not.
    """
    endings = [
        (entry, end)
        for entry, end in _unsent(contest, now)
        if ending_by is None or end <= ending_by
    ]
    values = named(contest)
    listed = partial(_listed, zone=contest.time_zone, for_others=for_others)
    return [
        Letter(
            DRAFTS_WAIT,
            to=to,
            occasion=occasion or f"{contest.pk} {min(e for _, e in mine).isoformat()}",
            values=values | {"entries": listed(mine)},
            link=links.home() if len(mine) > 1 else links.entry(mine[0][0].pk),
        )
        for to, mine in _by_address(endings)
    ]


def _unsent(contest: Contest, now: datetime) -> Iterator[_Ending]:
    """Yield each entry that is saved, not sent, and not too late, with its end."""
    if contest.state_at(now).phase not in {Phase.OPEN, Phase.ELIGIBILITY}:
        return
    is_changed = ~Q(current_version__working_version=F("version"))
    found = contest.submissions.filter(
        Q(state=_State.SUBMITTED) & is_changed
        | Q(state__in=[_State.DRAFT, _State.RETURNED])
    )
    deadline = contest.deadline
    for entry in found.select_related("organisation").order_by("created_at", "pk"):
        end = max(filter(None, [deadline, entry.open_until]), default=None)
        if end is not None and now < end:
            yield entry, end


def _by_address(
    endings: Sequence[_Ending],
) -> list[tuple[Recipient, list[_Ending]]]:
    interested = {
        pk for entry, _end in endings for pk in entry.interested_organisations
    }
    speakers = speakers_of(interested)
    alone = nominators_of([entry for entry, _end in endings])
    found: dict[str, tuple[Recipient, dict[UUID, _Ending]]] = {}
    for ending in endings:
        entry = ending[0]
        for organisation in entry.interested_organisations:
            for to in speakers.get(organisation, []):
                found.setdefault(to.address, (to, {}))[1][entry.pk] = ending
        if person := alone.get(entry.nominator_id):
            to = recipient_of(person)
            found.setdefault(to.address, (to, {}))[1][entry.pk] = ending
    return [(to, list(mine.values())) for to, mine in found.values()]


def _lines(endings: Sequence[_Ending], zone: str, *, for_others: bool) -> str:
    return "\n".join(
        fill(
            _("“{title}”, {organisation}, until {until}"),
            {
                "title": "…" if for_others else one_line(entry.title),
                "organisation": one_line(entry.organisation.name),
                "until": local_time(end, zone),
            },
        )
        for entry, end in endings
    )


_listed = lazy(_lines, str)
