"""The sheets *Rules* and *Proof*, the look of all sheets and their paper."""

from dataclasses import replace
from datetime import datetime

import pytest

from exports.workbooks.layout import HEADER_ROW
from exports.workbooks.report import ChairDecision
from exports.workbooks.scores_sheet import counted
from scoring.tallies import counted_scores
from tests.exports.workbooks.reading import facts, open_workbook
from tests.exports.workbooks.reports import (
    GENERATED,
    make_facts,
    make_report,
    sumani_rules,
)


def test_rules_say_who_goes_on_who_wins_and_what_the_chair_decided():
    decision = ChairDecision("overall", ["SUM-2", "SUM-1"], "By a vote.", GENERATED)
    report = make_report(
        short_list=4, awarded={"overall": 3}, chair_decisions=[decision]
    )

    sheet = open_workbook(report)["Rules"]

    said = facts(sheet)
    assert said["Short list, from the overall ranking"] == 4
    assert said["Decision of the chair, best first"] == (
        "Overall ranking: SUM-2, SUM-1 (2026-11-22 14:30). By a vote."
    )
    rows = [row[:3] for row in sheet.iter_rows(values_only=True)]
    assert ("Overall ranking", "all entries", 3) in rows


def test_rules_say_how_it_was_counted(live):
    rows = list(live["Rules"].iter_rows(values_only=True))
    said = facts(live["Rules"])

    assert ("Innovation", "innovation", 1, 10, 1, 4, "yes") in rows
    assert ("Originality", "originality", 1, 10, 1, 1, "no") in rows
    assert ("Most original", "those that chose it", 1, 0, 0, 0, 1) in rows
    assert ("Overall ranking", "all entries", None, 4, 3, 3, 0) in rows
    assert said["Rulebook version"] == "3"
    assert said["Highest total"] == 100
    assert said["Scores needed in each criterion"] == 1
    assert said["Minimum score for a place"] == 60
    assert said["Equal totals are separated by, in this order"] == (
        "mean of the criterion Innovation; median of the score sheets; "
        "number of highest scores"
    )
    assert said["Formula"].startswith(
        "The share of a criterion is the mean of its scores divided by the highest"
    )


def test_rules_without_minimum_and_with_a_lot():
    rules = sumani_rules(tie_breaks=("lot",), lot_seed="2026-11-22", mapping="range")

    said = facts(open_workbook(make_report(1, 1, rules=rules))["Rules"])

    assert said["Minimum score for a place"] == "none"
    assert said["Seed of the lot"] == "2026-11-22"
    assert "less the lowest score" in said["Formula"]


def test_proof_says_what_was_ranked_and_how_to_check_it(live, report):
    said = facts(live["Proof"])
    sheets = {
        (s.entry, s.juror) for s in counted_scores(report.scores, report.exclusions)
    }

    assert said["State of the ranking"] == "Final"
    assert said["Entries"] == 30
    assert said["Score sheets counted"] == len(sheets)
    assert said["Scores counted"] == len(counted(report))
    assert said["Format of the result"] == "sumani-ranking/1"
    assert said["SHA-256 of the result"] == "ab" * 32
    assert said["Generated at"] == datetime(2026, 11, 22, 14, 30, 5)  # noqa: DTZ001 - as read
    assert said["Time zone"] == "EET, UTC+02:00"
    assert "manage.py verify_result FILE" in said["To check the result"]


def test_proof_lists_exclusions_with_their_reasons(live):
    rows = list(live["Proof"].iter_rows(values_only=True))[-4:]

    assert rows == [
        ("Excluded entry", "Title", "Juror", "Reason"),
        ("SUM-4", "Šiaudų sodai", "all jurors", "Withdrawn by the entrant"),
        ("SUM-6", make_facts(6)["e5"].title, "Juror 3", "Member of the board"),
        ("all entries", None, "Juror 7", "Resigned"),
    ]


# --- Look and paper -----------------------------------------------------------


def test_interim_and_sample_are_said_on_every_sheet_and_every_page(report):
    doubtful = replace(report, interim=True, sample_note="The scores are generated")

    workbook = open_workbook(doubtful)

    for sheet in workbook:
        said = sheet["A2"].value
        assert said.startswith(
            "INTERIM: judging is not closed · The scores are generated · "
        )
        assert sheet.oddHeader.center.text == "INTERIM"
        assert sheet.oddFooter.left.text == "The scores are generated"
    assert facts(workbook["Proof"])["State of the ranking"] == (
        "INTERIM: judging is not closed"
    )


def test_final_ranking_says_neither(live):
    for sheet in live:
        assert sheet["A2"].value == (
            "Rulebook version 3 · Generated 2026-11-22 14:30:05+02:00"
        )
        assert sheet.oddHeader.center.text is None
        assert sheet.oddFooter.left.text == "ab" * 32


@pytest.mark.parametrize(("title", "corner"), [("Ranking", "D4"), ("Scores", "B4")])
def test_table_has_a_frozen_header_and_a_filter(live, title, corner):
    sheet = live[title]

    assert sheet.freeze_panes == corner
    assert sheet.auto_filter.ref == (
        f"A{HEADER_ROW}:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
    )
    assert sheet.print_title_rows == "$3:$3"


def test_every_sheet_is_set_up_for_paper(live):
    for sheet in live:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_page_header_escapes_ampersands_and_stays_short(report):
    hostile = replace(report, contest="A&B &P " * 40, sample_note='&"Arial"&L' * 40)

    workbook = open_workbook(hostile)

    for sheet in workbook:
        header = str(sheet.oddHeader.left.text) + str(sheet.oddHeader.right.text)
        assert "A&&B &&P" in header
        assert len(header) < 200
        assert len(sheet.oddFooter.left.text) < 150


def test_means_and_totals_show_two_decimals(live):
    row = next(live["Ranking"].iter_rows(min_row=HEADER_ROW + 1))

    formats = {cell.column_letter: cell.number_format for cell in row}
    assert {formats[letter] for letter in "HIJKLM"} == {"0.00"}
    assert formats["B"] == "0"
