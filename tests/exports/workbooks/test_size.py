"""Big exports: time beside bare openpyxl, memory beside doing nothing."""

import tracemalloc
from io import BytesIO
from time import process_time

import pytest
from openpyxl import Workbook

from exports.workbooks.lines import columns, lines
from exports.workbooks.ranking import write_ranking_workbook
from tests.exports.workbooks.reading import write
from tests.exports.workbooks.reports import draw_scores, make_report, sumani_rules

MIB = 2**20


def big_report(entries):
    """Ten jurors score every entry by four criteria: forty scores an entry."""
    rules = sumani_rules()
    keys = [f"e{index}" for index in range(entries)]
    jurors = [f"j{index}" for index in range(10)]
    scores = tuple(draw_scores(rules, keys, jurors, missing=0))
    return make_report(entries, 10, rules=rules, scores=scores)


def write_with_bare_openpyxl(report):
    """The same cells of the two big sheets, without styles, formulas or checks."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Ranking")
    shown = columns(report)
    for line in lines(report):
        sheet.append([column.value(line) for column in shown])
    sheet = workbook.create_sheet("Scores")
    titles = report.criterion_titles
    for entry, juror, code, steps in report.scores:
        facts = report.entries[entry]
        row = (facts.reference, facts.title, code, titles[code])
        sheet.append([*row, report.jurors[juror], steps + 1])
    workbook.save(BytesIO())


def cpu_seconds(work, report):
    started = process_time()
    work(report)
    return process_time() - started


@pytest.mark.parametrize("entries", [250, pytest.param(2_500, marks=pytest.mark.slow)])
def test_workbook_costs_no_more_than_bare_openpyxl(entries):
    report = big_report(entries)

    rounds = [
        (cpu_seconds(write, report), cpu_seconds(write_with_bare_openpyxl, report))
        for _round in range(3)
    ]

    ours, bare = map(min, zip(*rounds, strict=True))
    print(f"{len(report.scores):,} scores: {ours:.2f} s, {ours / bare:.2f} of openpyxl")  # noqa: T201 - the measured ratio is worth seeing
    assert ours <= 1.15 * bare


def peak(report, path):
    """What writing takes at most beside the report itself, in MiB."""
    tracemalloc.start()
    try:
        write_ranking_workbook(report, path, on_progress=lambda _done, _total: None)
        return tracemalloc.get_traced_memory()[1] / MIB
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_memory_stays_flat(tmp_path):
    small, big = (peak(big_report(n), tmp_path / f"{n}.xlsx") for n in (250, 2_500))

    print(f"10,000 scores: {small:.1f} MiB; 100,000 scores: {big:.1f} MiB")  # noqa: T201 - the measured peak is worth seeing
    assert big <= 20
