"""A juror saves one criterion, alone and in a crowd."""

from collections.abc import Sequence

from django.test import override_settings

from benchmarks import bare
from benchmarks.alternating import Pair, alternate
from benchmarks.figures import Figure, Limit, number, spread_of
from benchmarks.filling import RUSH
from benchmarks.people import Asker
from benchmarks.rush import rush
from benchmarks.scenarios import Scenario
from benchmarks.sheets import OpenSheet, open_sheets, reopen
from benchmarks.statements import recorded
from contest.models import Contest

REPEAT = 10
FOUR_TIMES = Limit(4, "≤ 4")
FOUR = Limit(4, "≤ 4")
FEW = Limit(6, "≤ 6")
# Statements that the target does not count, by the table they name.
APART = ("accounts_apitoken", "jobs_idempotencykey", "audit_", "scoring_scoreevent")


@override_settings(ROOT_URLCONF=bare.__name__)
def measure(sizes: Sequence[Scenario], rounds: int) -> list[Figure]:
    """Compare with a bare upsert and count statements at every size; then the rush."""
    figures: list[Figure] = []
    shows, saves = [], []
    for size in sizes:
        sheet = _sheet(size)
        figures.append(_against_upsert(size, sheet, rounds))
        shows.append(_statements_of_show(sheet))
        saves.append(_statements_of_save(sheet))
    names = [size.name for size in sizes]
    for name, show, save in zip(names, shows, saves, strict=True):
        own = [sql for sql in save if not any(table in sql for table in APART)]
        figures += [
            number("score sheet: statements", name, "statements", len(show), FEW),
            number("save a score: all statements", name, "statements", len(save)),
            number("save a score: statements", name, "statements", len(own), FOUR),
        ]
    figures += [
        spread_of("score sheet: statements", [len(show) for show in shows], names),
        spread_of("save a score: statements", [len(save) for save in saves], names),
    ]
    return figures + rush(Contest.objects.get(slug=RUSH))


def _sheet(size: Scenario) -> OpenSheet:
    contest = Contest.objects.get(slug=size.slug)
    reopen(contest)
    (sheet,) = open_sheets(contest, jurors=1)
    return sheet


def _against_upsert(size: Scenario, sheet: OpenSheet, rounds: int) -> Figure:
    other = sheet.assignment.juror.assignments.exclude(pk=sheet.assignment.pk).first()
    barely = OpenSheet(Asker(), other, sheet.criterion)
    samples = alternate(
        {"ours": sheet.save, "theirs": barely.save_barely},
        rounds=rounds,
        repeat=REPEAT,
        before=sheet.asker.forget_requests,
    )
    pair = Pair(samples["ours"], samples["theirs"])
    return pair.figure("save a score / bare upsert", size.name, limit=FOUR_TIMES)


def _statements_of_show(sheet: OpenSheet) -> list[str]:
    with recorded() as statements:
        sheet.asker.get(sheet.path)
    return statements


def _statements_of_save(sheet: OpenSheet) -> list[str]:
    with recorded() as statements:
        sheet.save()
    return statements
