"""What the chair decides where nothing else tells entries apart. Services."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core.errors import Conflict, Invalid
from core.policy import require
from scoring.models import ChairDecision
from scoring.naming import known_list, list_titles
from scoring.rules import Results
from scoring.selectors import is_interim, rules_in
from scoring.ties import ties_of
from submissions.locks import hold_contest


@transaction.atomic
def decide_tie(
    *,
    contest: Contest,
    nomination: str,
    references: Sequence[str],
    reason: str,
    by: User,
) -> ChairDecision:
    """Keep in what order the chair puts all entries of a tie, best first.

    A later decision about the same tie stands instead. Raises ``Invalid`` where these
    are not exactly the entries of a tie of the list, ``Conflict`` where the rules leave
    no tie to the chair and while a juror may still score.
    """
    hold_contest(contest.pk)
    contest = Contest.objects.with_course().get(pk=contest.pk)
    require(by, "scoring.decide_tie", Results(contest))
    titles = list_titles(contest)
    title = titles[known_list(titles, nomination)]
    _require_decidable(contest)
    _require_tie(contest, nomination, references)
    decision = ChairDecision.objects.create(
        contest=contest,
        nomination=nomination,
        references=list(references),
        reason=reason,
        by_id=by.pk,
    )
    record(
        "scoring.decide_tie",
        decision,
        by=by,
        contest_id=contest.pk,
        label=f"{title}: {', '.join(references)}",
        reason=reason,
        nomination=nomination,
        references=list(references),
    )
    return decision


def _require_decidable(contest: Contest) -> None:
    if "chair" not in rules_in(contest.rules_in_force).tie_breaks:
        raise Conflict(
            _("By the rules of this contest the chair does not decide equal totals."),
            code="not_for_chair",
        )
    if is_interim(contest):
        raise Conflict(
            _(
                "A juror still has time to score, so the tie may dissolve. Decide it"
                " when everybody is done."
            ),
            code="interim",
        )


def _require_tie(contest: Contest, nomination: str, references: Sequence[str]) -> None:
    ties = ties_of(contest, nomination)
    if any(sorted(references) == sorted(tie.entries) for tie in ties):
        return
    if not ties:
        raise Conflict(
            _("Nothing is tied in this list, so there is nothing to decide."),
            code="nothing_tied",
        )
    tied = "; ".join(", ".join(tie.entries) for tie in ties)
    raise Invalid.field(
        "references",
        _(
            "Name all entries of one tie, each once, the best first. Tied are: {tied}."
        ).format(tied=tied),
        received=list(references),
    )
