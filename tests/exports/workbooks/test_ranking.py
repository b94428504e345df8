"""The sheets *Ranking* and *Scores*, read back: every line, every formula."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from exports.workbooks.book import Book
from exports.workbooks.layout import HEADER_ROW
from exports.workbooks.lines import columns, lines
from exports.workbooks.scores_sheet import counted, write_scores
from scoring.ranking import Nomination, Score
from scoring.tallies import counted_scores
from tests.exports.workbooks.reading import open_workbook, table
from tests.exports.workbooks.reports import (
    draw_scores,
    make_facts,
    make_report,
    scored,
    sumani_rules,
)
from tests.exports.workbooks.spreadsheet import REFERENCE, evaluate, values_of

HEADINGS = (
    "Nomination Place Reference Title Organisation Municipality County Total "
    "Innovation,_mean Success,_mean Social_responsibility,_mean Originality,_mean "
    "Spread Jurors Note"
)


# --- Ranking ------------------------------------------------------------------


def test_sheets_go_from_the_ranking_to_its_proof(live):
    sheets = (
        "Ranking Scores Matrix Jurors Entries Comments Exclusions Summary Rules Proof"
    )

    assert live.sheetnames == sheets.split()


def test_ranking_has_a_column_for_each_criterion(live):
    [header] = live["Ranking"].iter_rows(
        min_row=HEADER_ROW, max_row=HEADER_ROW, values_only=True
    )

    assert [title.replace(" ", "_") for title in header] == HEADINGS.split()


def test_ranking_lists_every_line_as_computed(report, cached):
    expected = [
        [
            float(value) if isinstance(value, Decimal) else value or None
            for value in (column.value(line) for column in columns(report))
        ]
        for line in lines(report)
    ]

    assert [list(row.values()) for row in table(cached["Ranking"])] == expected


def test_overall_ranking_comes_first_and_unscored_entries_last(cached):
    rows = table(cached["Ranking"])
    nominations = list(dict.fromkeys(row["Nomination"] for row in rows))

    overall = [row for row in rows if row["Nomination"] == "Overall ranking"]
    assert nominations == ["Overall ranking", "Most innovative", "Most original"]
    assert [row["Place"] for row in overall[:3]] == [1, 2, 3]
    assert [(row["Reference"], row["Place"], row["Total"]) for row in overall[-2:]] == [
        ("SUM-2", None, None),
        ("SUM-3", None, None),
    ]


@pytest.mark.parametrize(
    ("reference", "nomination", "note"),
    [
        (
            "SUM-2",
            "Overall ranking",
            "Not ranked, too few scores for: Success, Social responsibility",
        ),
        ("SUM-3", "Most original", "Not ranked, too few scores for: Originality"),
    ],
)
def test_note_names_the_criteria_that_lack_scores(cached, reference, nomination, note):
    [row] = [
        row
        for row in table(cached["Ranking"])
        if (row["Reference"], row["Nomination"]) == (reference, nomination)
    ]

    assert row["Note"] == note


def test_entry_below_the_minimum_score_keeps_its_total_without_a_place(cached):
    below = [
        row
        for row in table(cached["Ranking"])
        if row["Total"] is not None and row["Total"] < 60
    ]

    assert {(row["Place"], row["Note"]) for row in below} == {
        (None, "Below the minimum score of 60")
    }


def test_excluded_entry_is_in_no_list(cached):
    references = {row["Reference"] for row in table(cached["Ranking"])}

    assert "SUM-4" not in references
    assert len(references) == 29


def notes(report):
    rows = table(open_workbook(report, data_only=True)["Ranking"])
    overall = (row for row in rows if row["Nomination"] == "Overall ranking")
    return [(row["Reference"], row["Place"], row["Note"]) for row in overall]


def test_note_says_what_separated_equal_totals_and_who_shares_a_place():
    scores = scored((8, 4, 4, 0), (5, 8, 4, 0), (5, 4, 8, 0), (1, 1, 1, 1))
    separated = "Equal totals separated by: mean of the criterion Innovation"

    report = make_report(4, 1, scores=scores)

    assert notes(report) == [
        ("SUM-1", 1, separated),
        ("SUM-2", 2, f"{separated}. Shared place"),
        ("SUM-3", 2, f"{separated}. Shared place"),
        ("SUM-4", 4, None),
    ]


@pytest.mark.parametrize(
    ("tie_break", "name"),
    [
        ("chair", "decision of the chair"),
        ("lot", "drawing of lots"),
    ],
)
def test_note_names_each_kind_of_tie_break(tie_break, name):
    rules = sumani_rules(tie_breaks=(tie_break,), lot_seed="2026-11-22")
    scores = scored((5, 8, 4, 0), (5, 4, 8, 0))

    report = make_report(
        2, 1, rules=rules, scores=scores, chair_order={"overall": ["e1", "e0"]}
    )

    assert [note for _reference, _place, note in notes(report)] == [
        f"Equal totals separated by: {name}"
    ] * 2


# --- Formulas -----------------------------------------------------------------


def test_totals_and_means_are_formulas_over_the_rows_of_the_entry(report, live):
    scores = counted_scores(report.scores, report.exclusions)
    given = {(s.entry, s.criterion): [] for s in report.scores}
    for score in scores:
        given[score.entry, score.criterion].append(score.steps + 1)
    by_reference = {each.reference: key for key, each in report.entries.items()}
    codes = {title: code for code, title in report.criterion_titles.items()}

    seen = 0
    for row in table(live["Ranking"]):
        for title, code in codes.items():
            formula = row[f"{title}, mean"]
            if formula is not None:
                [match] = REFERENCE.finditer(formula)
                values = values_of(live, match[0])
                expected = given[by_reference[row["Reference"]], code]
                assert Counter(values) == Counter(expected)
                seen += 1
    assert seen > 300


def test_cached_values_are_what_the_formulas_give(live, cached):
    formulas = 0
    pairs = zip(live["Ranking"].iter_rows(), cached["Ranking"].iter_rows(), strict=True)
    for with_formulas, with_values in pairs:
        for one, other in zip(with_formulas, with_values, strict=True):
            if one.data_type == "f":
                formulas += 1
                value = evaluate(one.value[1:], lambda ref: values_of(live, ref))
                assert value == other.value, one.coordinate
            else:
                assert one.value == other.value
    assert formulas > 400


def test_totals_of_entries_with_other_criteria_are_formulas_over_theirs():
    """Two nominations with a criterion each: no cell waits for the other's."""
    given = sumani_rules()
    farm, nature = (frozenset({code}) for code in ("farm", "nature"))
    rules = replace(
        given,
        criteria=(
            given.criteria[0],
            replace(given.criteria[1], nominations=farm),
            replace(given.criteria[2], nominations=nature),
        ),
        nominations=(
            Nomination("farm", entries="chosen"),
            Nomination("nature", entries="chosen"),
        ),
    )
    chosen = {"e0": farm, "e1": nature, "e2": farm | nature}
    facts = {k: replace(v, nominations=chosen[k]) for k, v in make_facts(3).items()}
    scores = [
        score
        for score in draw_scores(rules, facts, ["j0", "j1"], missing=0)
        if score.criterion in rules.applying(chosen[score.entry])
    ]

    report = make_report(rules=rules, scores=scores, entries_facts=facts, jurors=2)
    live, cached = open_workbook(report), open_workbook(report, data_only=True)

    formulas = 0
    for row, values in zip(live["Ranking"], cached["Ranking"], strict=True):
        for cell, value in zip(row, values, strict=True):
            if cell.data_type == "f":
                formulas += 1
                found = evaluate(cell.value[1:], lambda ref: values_of(live, ref))
                assert found == value.value, cell.coordinate
    assert formulas > 15
    assert [row["Sheets"] for row in table(cached["Matrix"])] == [2, 2, 2]
    totals = {
        (r["Nomination"], r["Reference"]): r["Total"] for r in table(live["Ranking"])
    }
    read = {key: len(REFERENCE.findall(total)) for key, total in totals.items()}
    assert {key[1]: read[key] for key in read if key[0] == "Overall ranking"} == {
        "SUM-1": 2,
        "SUM-2": 2,
        "SUM-3": 3,
    }
    assert read["farm", "SUM-3"] == 2
    said = [cell.value for row in live["Rules"] for cell in row]
    assert {"Only of the nominations", "farm", "nature"} <= set(said)


def test_a_total_reads_like_the_rule(live):
    total = table(live["Ranking"])[0]["Total"]

    assert REFERENCE.sub("…", total) == (
        "=ROUND(ROUND(100*(4*AVERAGE(…)/10+3*AVERAGE(…)/10+3*AVERAGE(…)/10)/10,9),2)"
    )


def test_translated_sheet_titles_are_quoted_in_formulas(monkeypatch):
    monkeypatch.setattr(
        "exports.workbooks.scores_sheet._",
        {"Scores": "Vertintojų balai"}.get,
    )
    monkeypatch.setattr(
        "exports.workbooks.scores_sheet.begin_table", lambda *_args, **_kwargs: None
    )

    workbook = open_workbook(make_report(1, 1, scores=scored((1, 2, 3, 4))))

    formula = workbook["Ranking"]["I4"].value
    assert formula == "=ROUND(AVERAGE('Vertintojų balai'!$F$3:$F$3),2)"


def test_scale_with_half_points_and_other_minimum():
    rules = sumani_rules()
    criteria = (
        replace(
            rules.criteria[0],
            scale=replace(rules.criteria[0].scale, step=Fraction(1, 2)),
        ),
        *rules.criteria[1:],
    )
    rules = replace(rules, criteria=criteria, mapping="range")

    report = make_report(1, 1, rules=rules, scores=scored((3, 2, 3, 4)))
    workbook = open_workbook(report)

    assert [row["Value"] for row in table(workbook["Scores"])] == [2.5, 3, 4, 5]
    assert "(AVERAGE(Scores!$F$4:$F$4)-1)/9" in workbook["Ranking"]["H4"].value


# --- Scores -------------------------------------------------------------------


def test_scores_are_the_counted_ones_in_order(report, live):
    rows = table(live["Scores"])
    criteria = list(report.criterion_titles)
    order = [
        (
            int(row["Reference"].removeprefix("SUM-")),
            criteria.index(row["Criterion code"]),
            int(row["Juror"].removeprefix("Juror ")),
        )
        for row in rows
    ]

    assert len(rows) == len(counted(report))
    assert order == sorted(order)
    assert "SUM-4" not in {row["Reference"] for row in rows}
    assert "Juror 7" not in {row["Juror"] for row in rows}
    assert ("SUM-6", "Juror 3") not in {(r["Reference"], r["Juror"]) for r in rows}


def test_scores_of_entries_unknown_to_the_report_are_left_out():
    scores = (*scored((1, 2, 3, 4)), Score("ghost", "j0", "success", 5))

    rows = table(open_workbook(make_report(1, 1, scores=scores))["Scores"])

    assert [row["Reference"] for row in rows] == ["SUM-1"] * 4


def test_sheet_of_scores_cannot_be_sorted_by_accident(live):
    protection = live["Scores"].protection

    assert (protection.sheet, protection.sort, protection.password) == (
        True,
        True,
        None,
    )
    assert protection.autoFilter is False


def test_scores_that_fill_a_sheet_go_on_without_tearing_an_entry():
    report = make_report(6, 3, scores=scored(*[(1, 2, 3, 4)] * 6))
    rows_of_two_entries = HEADER_ROW + 8

    with Book(title="x", creator="x", created=report.generated_at) as book:
        ranges = write_scores(
            book,
            report,
            counted(report),
            lambda: None,
            max_rows=rows_of_two_entries + 3,
        )
        titles = [(sheet.title, sheet.row) for sheet in book.sheets]

    assert titles == [("Scores", 11), ("Scores 2", 11), ("Scores 3", 11)]
    assert ranges["e1", "originality"] == "Scores!$F$11:$F$11"
    assert ranges["e2", "innovation"] == "'Scores 2'!$F$4:$F$4"
