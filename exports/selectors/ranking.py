"""Everything that a ranking file says, read at one moment."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from contest.models import Contest
from contest.rulebook import read_version
from core.snapshots import consistent_read
from exports.models import Export
from exports.selectors.comments import comments_of
from exports.selectors.entries import (
    Gathering,
    facts_of_entries,
    kind_label,
    state_label,
    titles,
)
from exports.selectors.left_out import LeftOut, exclusion_reasons, without_contacts
from exports.selectors.letterhead import letterhead
from exports.selectors.panel import panel_of
from exports.selectors.sent import Sent, sent_entries
from exports.workbooks.report import (
    ChairDecision,
    EntryFacts,
    Member,
    RankingReport,
)
from exports.workbooks.summary import SUMMED, Grouping, Summary
from exports.workbooks.table import Table
from scoring.exclusions import KIND_LABELS
from scoring.naming import Naming, namings
from scoring.ranking import OVERALL, Entry, Exclusion, chair_order_of
from scoring.selectors import Result, result_of
from scoring.ties import ties_of


def ranking_report(export: Export) -> tuple[RankingReport, Result]:
    """Read a contest's ranking with all names; nothing is read after it returns."""
    with consistent_read():
        contest = Contest.objects.with_course().get(pk=export.contest_id)
        result = result_of(contest)
        named = namings(contest, [entry.key for entry in result.entries])
        panel = panel_of(contest, names=export.names_jurors)
        decided = _decisions(contest, result)
        gathered = _Gathered(contest)
        gathered.leave_out(result, named, panel, exclusion_reasons(contest))
        comments = comments_of(
            contest,
            entries={key: naming.title for key, naming in named.items()},
            jurors=_labels(panel),
            criteria=titles(contest, "criteria"),
        )
    said = read_version(result.rulebook)
    report = RankingReport(
        **letterhead(contest, export) | {"digest": result.digest},
        rules=result.rules,
        criterion_titles=titles(contest, "criteria"),
        nomination_titles=titles(contest, "nominations") | {OVERALL: _("Overall")},
        entries={
            entry.key: _facts(named[entry.key], entry) for entry in result.entries
        },
        jurors=_labels(panel),
        scores=result.scores,
        exclusions=[_with_words(exclusion) for exclusion in result.exclusions],
        ranking=result.ranking,
        panel=panel,
        sent=gathered.table,
        comments=comments,
        left_out=gathered.left_out.table(),
        summary=gathered.summary,
        awarded=said.awarded,
        short_list=said.short_list,
        chair_decisions=decided,
    )
    return report, result


def _decisions(contest: Contest, result: Result) -> list[ChairDecision]:
    """List the decisions that separated ties; a few queries for a list with any."""
    zone = ZoneInfo(contest.time_zone)
    return [
        ChairDecision(
            code,
            tie.decision.references,
            without_contacts(tie.decision.reason),
            tie.decision.at.astimezone(zone),
        )
        for code in chair_order_of(result.ranking)
        for tie in ties_of(contest, code)
        if tie.decision
    ]


class _Gathered:
    """What one reading of all entries gives: a table, exclusions, sums by group."""

    def __init__(self, contest: Contest) -> None:
        gathering = Gathering(facts_of_entries(contest))
        self.left_out, self.summary = LeftOut(), _no_sums()
        nominations = _Nominations(contest)
        for entry in sent_entries(contest):
            gathering.add(entry)
            self.left_out.add(entry)
            _sum(self.summary, entry, nominations.of(entry))
        self.table: Table = gathering.table()

    def leave_out(
        self,
        result: Result,
        named: dict[str, Naming],
        panel: list[Member],
        reasons: dict[tuple[str, str], str],
    ) -> None:
        shown = {key: naming.title for key, naming in named.items()}
        self.left_out.add_exclusions(result.exclusions, shown, _labels(panel), reasons)


class _Nominations:
    """Where an entry takes part: lists for all, and those it chose."""

    def __init__(self, contest: Contest) -> None:
        self._titles = titles(contest, "nominations")
        rows = contest.rules_in_force.document["nominations"]
        self._for_all = [row["code"] for row in rows if row["entries"] == "all"]

    def of(self, entry: Sent) -> list[str]:
        chosen = entry.document.get("nominations") or ()
        codes = dict.fromkeys([*self._for_all, *chosen])
        return [self._titles.get(code, code) for code in codes]


def _no_sums() -> Summary:
    return Summary(
        groupings=(
            Grouping(_("County")),
            Grouping(_("Municipality")),
            Grouping(_("Action group")),
            Grouping(_("Nomination"), overlaps=True),
            Grouping(_("Kind of organisation")),
        ),
        eligible_label=state_label("eligible"),
        ineligible_label=state_label("ineligible"),
        withdrawn_label=state_label("withdrawn"),
    )


def _sum(summary: Summary, entry: Sent, nominations: list[str]) -> None:
    amounts = {key: entry.amount(key) for key in SUMMED}
    summary.everything.add(entry.state, amounts)
    groups = (
        [entry.county],
        [entry.municipality],
        [entry.action_group],
        nominations,
        [kind_label(entry)],
    )
    for grouping, names in zip(summary.groupings, groups, strict=True):
        grouping.add(names, entry.state, amounts)


def _labels(panel: list[Member]) -> dict[str, str]:
    return {member.key: f"{member.key} {member.name}".strip() for member in panel}


def _facts(naming: Naming, entry: Entry) -> EntryFacts:
    return EntryFacts(
        reference=naming.reference,
        title=naming.title,
        organisation=naming.organisation,
        municipality=naming.municipality,
        county=naming.county,
        action_group=naming.action_group,
        nominations=entry.nominations,
    )


def _with_words(exclusion: Exclusion) -> Exclusion:
    words = _(KIND_LABELS[exclusion.reason])
    return Exclusion(exclusion.entry, exclusion.juror, words)
