import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from contest import rulebook
from contest.models import Contest
from contest.phases import ActKind, Phase
from core import clock
from core.invariants import invariant
from scoring import canonical
from scoring.models import FrozenResult, Score, ScoreEvent, Sheet
from scoring.selectors import result_of
from submissions.models import Award


@invariant("scoring.within_the_scale", "A score is a step of its criterion's scale.")
def within_the_scale() -> Iterable[str]:
    contests = Contest.objects.filter(rulebook__isnull=False).select_related("rulebook")
    for contest in contests.iterator():
        for criterion in rulebook.read(contest.rules_in_force.document).criteria:
            beyond = Score.objects.filter(
                criterion__contest=contest,
                criterion__code=criterion.code,
                steps__gt=criterion.scale.steps,
            )
            yield from (str(pk) for pk in beyond.values_list("pk", flat=True))


@invariant(
    "scoring.current_is_the_last_event", "A score is what its history says last."
)
def current_is_the_last_event() -> Iterable[str]:
    events = (
        ScoreEvent.objects.filter(kind=ScoreEvent.Kind.SAVED)
        .order_by("sheet_id", "criterion_id", "version")
        .values_list("sheet_id", "criterion_id", "version", "steps")
    )
    scores = (
        Score.objects.order_by("sheet_id", "criterion_id")
        .values_list("sheet_id", "criterion_id", "version", "steps")
        .iterator()
    )
    current = next(scores, None)
    for key, group in groupby(events.iterator(), key=itemgetter(0, 1)):
        history = list(group)
        versions = [event[2] for event in history]
        is_gapless = versions == list(range(1, len(versions) + 1))
        if current is None or current[:2] != key:
            yield f"sheet {key[0]}, criterion {key[1]}: no score"
            continue
        if not is_gapless or current != history[-1]:
            yield f"sheet {key[0]}, criterion {key[1]}"
        current = next(scores, None)
    if current is not None:
        yield f"sheet {current[0]}, criterion {current[1]}: no history"


@invariant("scoring.sent_as_recorded", "A sheet is sent when its last event says so.")
def sent_as_recorded() -> Iterable[str]:
    kinds = [ScoreEvent.Kind.SENT, ScoreEvent.Kind.REOPENED]
    events = ScoreEvent.objects.filter(kind__in=kinds).order_by("pk")
    last = dict(events.values_list("sheet_id", "kind").iterator())
    for sheet, state in Sheet.objects.values_list("pk", "state").iterator():
        is_sent = last.get(sheet) == ScoreEvent.Kind.SENT
        if is_sent != (state == Sheet.State.SENT):
            yield str(sheet)


@invariant("scoring.results_are_as_frozen", "A frozen result has its own SHA-256.")
def results_are_as_frozen() -> Iterable[str]:
    rows = FrozenResult.objects.values_list("pk", "text", "digest")
    for pk, text, digest in rows.iterator(chunk_size=1):
        if canonical.digest_of([text]) != digest:
            yield str(pk)


@invariant(
    "scoring.published_is_what_was_scored",
    "What is published is what scores and rules still give.",
)
def published_is_what_was_scored() -> Iterable[str]:
    for contest, frozen in _published():
        if frozen is None or frozen.digest != result_of(contest).digest:
            yield contest.slug


@invariant(
    "scoring.awards_are_as_published", "Those have won whom a published result names."
)
def awards_are_as_published() -> Iterable[str]:
    given: dict[UUID, set[tuple[str, UUID, int | None]]] = defaultdict(set)
    awards: Any = Award.objects.exclude(contest=None).values_list(
        "contest_id", "nomination", "organisation_id", "place"
    )
    for contest_id, code, organisation_id, place in awards:
        given[contest_id].add((code, organisation_id, place))
    for contest, frozen in _published():
        if given.pop(contest.pk, set()) != _won(contest, frozen):
            yield contest.slug
    yield from map(str, given)  # won, and nothing is published


def _published() -> Iterator[tuple[Contest, FrozenResult | None]]:
    now = clock.now()
    published = Contest.objects.filter(acts__kind=ActKind.PUBLISH).distinct()
    for contest in published.with_course().iterator(chunk_size=20):
        if contest.state_at(now).phase in (Phase.PUBLISHED, Phase.ARCHIVED):
            results = contest.results.filter(act__kind=ActKind.PUBLISH)
            yield contest, results.select_related("rulebook").first()


def _won(
    contest: Contest, frozen: FrozenResult | None
) -> set[tuple[str, UUID, int | None]]:
    """Read who won where out of the frozen text; an organisation's best place."""
    if frozen is None:
        return set()
    owners = dict(contest.submissions.values_list("reference", "organisation_id"))
    ranking = json.loads(frozen.text)["ranking"]
    best: dict[tuple[str, UUID], int] = {}
    for code, places in rulebook.read_version(frozen.rulebook).awarded.items():
        for row in ranking[code]["rows"] if code in ranking else ():
            place, key = int(row["place"] or 0), (code, owners[row["entry"]])
            if 0 < place <= places:
                best[key] = min(place, best.get(key, place))
    return {(*key, place) for key, place in best.items()}
