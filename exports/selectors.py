"""Everything that a ranking file says, read at one moment."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from contest.models import Contest
from core import clock
from core.localized import localized
from core.snapshots import consistent_read
from exports.workbooks.report import EntryFacts, RankingReport
from scoring.exclusions import KIND_LABELS
from scoring.naming import Naming, namings
from scoring.ranking import OVERALL, Exclusion
from scoring.selectors import Result, is_interim, result_of


def ranking_report(
    contest: Contest, *, requested_by: str, language: str
) -> tuple[RankingReport, Result]:
    """Read a contest's ranking with all names; nothing is read after it returns."""
    with consistent_read():
        contest = Contest.objects.with_course().get(pk=contest.pk)
        result = result_of(contest)
        named = namings(contest, [entry.key for entry in result.entries])
        jurors = {
            juror.key: f"{juror.key} {juror.person.name}".strip()
            for juror in contest.jurors.select_related("person")
        }
        interim = is_interim(contest)
    fallback = contest.fallback_language
    organiser, document = contest.series.organiser, result.rulebook.document
    report = RankingReport(
        contest=localized(contest.title, fallback=fallback),
        reference=contest.slug,
        edition=contest.edition,
        organiser=localized(organiser.name, fallback=fallback),
        organiser_phone=organiser.phone,
        organiser_email=organiser.email,
        language=language,
        generated_at=clock.now().astimezone(ZoneInfo(contest.time_zone)),
        requested_by=requested_by,
        interim=interim,
        sample_note=localized(contest.sample_note, fallback=fallback),
        rulebook_version=str(result.rulebook.number),
        rules=result.rules,
        criterion_titles=_titles(document["criteria"], fallback),
        nomination_titles=_titles(document["nominations"], fallback)
        | {OVERALL: _("Overall")},
        entries={key: _facts(naming) for key, naming in named.items()},
        jurors=jurors,
        scores=result.scores,
        exclusions=[_with_words(exclusion) for exclusion in result.exclusions],
        ranking=result.ranking,
        digest=result.digest,
    )
    return report, result


def _titles(rows: Iterable[dict[str, Any]], fallback: str) -> dict[str, str]:
    return {row["code"]: localized(row["title"], fallback=fallback) for row in rows}


def _facts(naming: Naming) -> EntryFacts:
    return EntryFacts(
        reference=naming.reference,
        title=naming.title,
        organisation=naming.organisation,
        municipality=naming.municipality,
        county=naming.county,
        action_group=naming.action_group,
    )


def _with_words(exclusion: Exclusion) -> Exclusion:
    words = _(KIND_LABELS[exclusion.reason])
    return Exclusion(exclusion.entry, exclusion.juror, words)
