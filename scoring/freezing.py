"""What acts do to the ranking: it is frozen, and its winners are known. Services.

Publishing by two persons is told here, too: both have to see the same ranking.
"""

from collections.abc import Iterator
from uuid import UUID

from accounts.models import User
from audit.services import record
from contest.consequences import follows
from contest.course import act_of_two
from contest.joint import needs_two
from contest.models import Act, Contest
from contest.phases import ActKind
from contest.rulebook import read_version
from scoring.models import FrozenResult
from scoring.placing import on_first_places
from scoring.rules import Results
from scoring.selectors import Result, result_of
from submissions.models import Award, Submission


@follows(ActKind.CLOSE_JUDGING, ActKind.PUBLISH)
def freeze(act: Act, *, by: User) -> None:
    """Keep the ranking with all that proves it, as it stands at the act.

    The act holds the contest's row alone, so no score is being saved meanwhile.
    """
    result = result_of(act.contest)
    frozen = FrozenResult.objects.create(
        act=act,
        contest=act.contest,
        rulebook=result.rulebook,
        text="".join(result.proof()),
        digest=result.digest,
    )
    record(
        "scoring.freeze",
        frozen,
        by=by,
        contest_id=act.contest_id,
        label=act.contest.slug,
        digest=frozen.digest,
    )
    if act.kind == ActKind.PUBLISH:
        _award(act, result, by=by)


@follows(ActKind.UNPUBLISH)
def take_awards_back(act: Act, *, by: User) -> None:  # noqa: ARG001 -- as every consequence
    """Nobody has won what is not published."""
    Award.objects.filter(contest=act.contest).delete()


def _result_seen(contest: Contest) -> str:
    return result_of(contest).digest


# Towards the results, so that an own interest takes the word from a coordinator.
for _publication, _seen in (
    (ActKind.PUBLISH, _result_seen),
    (ActKind.UNPUBLISH, lambda _contest: ""),
):
    needs_two(
        act_of_two(
            _publication,
            confirmed_by="contest.confirm_publication",
            judged=Results,
            seen=_seen,
        )
    )


def _award(act: Act, result: Result, *, by: User) -> None:
    contest = act.contest
    won = dict(_won(result))
    entries = Submission.objects.filter(
        contest=contest, reference__in={reference for _code, reference in won}
    )
    owners = dict(entries.values_list("reference", "organisation_id"))
    best: dict[tuple[str, UUID], int] = {}
    for (code, reference), place in won.items():
        key = code, owners[reference]
        best[key] = min(place, best.get(key, place))
    Award.objects.bulk_create(
        Award(
            series_id=contest.series_id,
            contest=contest,
            edition=contest.edition,
            year=_year(contest, act),
            organisation_id=organisation,
            nomination=code,
            place=place,
            by_id=by.pk,
        )
        for (code, organisation), place in best.items()
    )


def _won(result: Result) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield list and entry of each place that the rules award."""
    awarded = read_version(result.rulebook).awarded
    for ranked in result.ranking.lists:
        for row in on_first_places(ranked.rows, awarded.get(ranked.code, 0)):
            yield (ranked.code, row.entry), row.place or 0


def _year(contest: Contest, act: Act) -> int:
    """The year of an edition: that of its opening."""
    return (contest.opens_at or act.at).year
