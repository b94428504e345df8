"""The jury's words of praise for those who win. Services."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from contest.models import Contest
from core import clock
from core.errors import Invalid, Stale
from core.policy import require
from scoring.models import Citation
from scoring.naming import known_list, list_titles
from scoring.rules import Results
from submissions.locks import hold_contest
from submissions.models import Submission


@transaction.atomic
def write_citation(
    *,
    contest: Contest,
    nomination: str,
    submission: Submission,
    text: str,
    expected_version: int,
    by: User,
) -> Citation:
    """Keep the words for an entry in a list; ``expected_version`` 0 means none yet.

    An empty text takes them back. Raises ``Stale`` with the words that stand.
    """
    hold_contest(contest.pk)
    contest = Contest.objects.with_course().get(pk=contest.pk)
    require(by, "scoring.write_citation", Results(contest))
    _require_in_competition(contest, nomination, submission)
    citation = _found_or_new(
        contest=contest, nomination=nomination, submission=submission
    )
    if citation.version != expected_version:
        raise Stale(
            _(
                "Somebody else wrote these words in between. They read: {text}. Yours"
                " were not saved; they still stand below."
            ).format(text=citation.text),
            extra={"current_version": citation.version, "current": citation.text},
        )
    citation.text, citation.by_id = text, by.pk
    citation.version, citation.changed_at = citation.version + 1, clock.now()
    citation.save()
    record(
        "scoring.write_citation",
        citation,
        by=by,
        contest_id=contest.pk,
        label=submission.reference,
        nomination=nomination,
    )
    return citation


def _found_or_new(**key: Any) -> Citation:
    return Citation.objects.filter(**key).first() or Citation(**key, version=0)


def _require_in_competition(
    contest: Contest, nomination: str, submission: Submission
) -> None:
    known_list(list_titles(contest), nomination)
    is_in = Submission.objects.in_competition().filter(
        contest=contest, pk=submission.pk
    )
    if not is_in.exists():
        raise Invalid.field(
            "submission",
            _("This entry does not compete here."),
            received=submission.reference,
        )
