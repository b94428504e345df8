"""The ranking as it stands, and the scores behind it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contest.models import Juror
from contest.rulebook import read_version
from core.localized import localized
from core.pages.paging import page_of
from core.pages.views import Page
from core.policy import allows
from scoring.distributions import distributions_of
from scoring.exclusions import KIND_LABELS, as_pair, excluded_rows
from scoring.naming import known_list, list_titles, namings
from scoring.notes import ranked_note, unscored_note
from scoring.pages.bases import OfResults
from scoring.placing import differ_strongly, is_among_first, is_for_chair
from scoring.ranking import OVERALL, Row
from scoring.selectors import current_list, is_interim, rules_in

_SECTION = "scoring:ranking"
_NAMED_IN_HEADS = 4  # criteria; more would push each other out of a window


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a list as a page shows it; an unscored entry has no total."""

    naming: Any
    note: str
    means: list[Any]
    place: int | None = None
    total: Any = None
    spread: Any = None
    jurors: int = 0
    gap: Any = None
    goes_on: bool = False
    is_for_chair: bool = False
    jurors_differ: bool = False


class _Windows:
    """A list of the ranking that a paginator can cut: only what is cut is ranked."""

    def __init__(self, ranked):
        self._ranked = ranked

    def __len__(self):
        return len(self._ranked)

    def __getitem__(self, span):
        return self._ranked.with_gaps(span.start, span.stop)


class RankingPage(OfResults, Page):
    """One list: places, totals, means, spread, and why each stands where it does."""

    permission_map = {"get": "scoring.view_ranking"}
    template_name = "scoring/ranking.html"
    section = _SECTION

    def get_context_data(self, **kwargs):
        contest = self.contest
        lists = list_titles(contest)
        code = known_list(lists, self.request.GET.get("nomination", OVERALL))
        rules = rules_in(contest.rules_in_force)
        short = read_version(contest.rules_in_force).short_list_of(code)
        ranked = current_list(contest, rules, code)
        page = page_of(self.request, _Windows(ranked))
        criteria = _criteria(contest)
        return super().get_context_data(
            lists=lists,
            code=code,
            heads=list(_heads(criteria)),
            many=len(criteria) > _NAMED_IN_HEADS,
            page=page,
            rows=list(self._rows(page.object_list, rules, criteria, short or 0)),
            short_list=short,
            ranked=ranked.ranked,
            unscored=ranked.unscored,
            highest=float(rules.total),
            interim=is_interim(contest),
            sample_note=contest.sample_note,
            **kwargs,
        )

    def _rows(self, placed, rules, criteria, short):
        named = namings(self.contest, [row.entry for row, _gap in placed])
        for row, gap in placed:
            naming = named[row.entry]
            if not isinstance(row, Row):
                yield Shown(
                    naming, unscored_note(row, criteria), [None] * len(criteria)
                )
                continue
            yield Shown(
                naming,
                ranked_note(row, criteria, rules.minimum_score),
                [row.means.get(code) for code in criteria],
                row.place,
                row.total,
                row.spread,
                row.jurors,
                gap,
                is_among_first(row, short),
                is_for_chair(row, rules.tie_breaks),
                differ_strongly(row, rules.total),
            )


class RankingScoresPage(OfResults, Page):
    """How the scores are spread, by criterion and by juror, and which do not count.

    The pictures only for whoever may see score sheets.
    """

    permission_map = {"get": "scoring.view_exclusions"}
    template_name = "scoring/ranking_scores.html"
    section = _SECTION

    def get_context_data(self, **kwargs):
        page = page_of(self.request, excluded_rows(self.contest))
        excluded = [as_pair(row) for row in page.object_list]
        return super().get_context_data(
            page=page,
            excluded=[(pair, KIND_LABELS[pair.kind]) for pair in excluded],
            interim=is_interim(self.contest),
            **self._distributions(),
            **kwargs,
        )

    def _distributions(self):
        if not allows(self.request.user, "scoring.view_sheet", self.subject):
            return {}
        found = distributions_of(
            self.contest, read_version(self.contest.rules_in_force)
        )
        titles = _criteria(self.contest)
        seats = Juror.objects.filter(contest=self.contest).select_related("person")
        return {
            "by_criterion": [(titles[c], each) for c, each in found.criteria.items()],
            "by_juror": [
                (f"{seat.key} {seat.person.name}".strip(), found.jurors[seat.pk])
                for seat in seats
                if seat.pk in found.jurors
            ],
        }


def _heads(criteria):
    """Give the short and the whole name of each column; a few need no short one."""
    few = len(criteria) <= _NAMED_IN_HEADS
    for number, title in enumerate(criteria.values(), start=1):
        yield "" if few else _("C{number}").format(number=number), title


def _criteria(contest):
    """The titles of the criteria by code, in their order."""
    rules = read_version(contest.rules_in_force)
    fallback = contest.fallback_language
    return {c.code: localized(c.title, fallback=fallback) for c in rules.criteria}
