"""A report with everything in it, and its workbook as Excel and as a script read it."""

from decimal import Decimal

import pytest
from django.utils import translation

from scoring.ranking import Exclusion
from tests.exports.workbooks.reading import open_workbook
from tests.exports.workbooks.reports import make_report, sumani_rules

NOT_FOR_ALL = {"e1": {"j0": ("innovation",)}, "e2": {}}


@pytest.fixture(scope="package")
def report():
    """Ties, a minimum score, an excluded entry, an excluded pair, entries unscored."""
    rules = sumani_rules(minimum_score=Decimal(60))
    whole = make_report(30, 7, rules=rules)
    scores = [
        score
        for score in whole.scores
        if score.entry not in NOT_FOR_ALL
        or score.criterion in NOT_FOR_ALL[score.entry].get(score.juror, ())
    ]
    exclusions = (
        Exclusion("e3", None, "Withdrawn by the entrant"),
        Exclusion("e5", "j2", "Member of the board"),
        Exclusion(None, "j6", "Resigned"),
    )
    return make_report(30, 7, rules=rules, scores=tuple(scores), exclusions=exclusions)


@pytest.fixture(scope="package")
def live(report):
    return open_workbook(report)


@pytest.fixture(scope="package")
def cached(report):
    return open_workbook(report, data_only=True)


@pytest.fixture(autouse=True)
def _in_english():
    """The expected words are English; the product's own default is Lithuanian."""
    with translation.override("en"):
        yield
