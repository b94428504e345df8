"""The ranking as CSV and as JSON."""

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO

import pytest

from exports.workbooks.flat import write_ranking_csv, write_ranking_json
from exports.workbooks.lines import columns, lines
from exports.workbooks.report import EntryFacts
from tests.exports.workbooks.reading import open_workbook, table
from tests.exports.workbooks.reports import make_report, scored

DOCUMENT = {"format": "sumani-ranking/1", "lists": [{"code": "overall"}]}


def write_csv(report, **options):
    file = BytesIO()
    write_ranking_csv(report, file, **options)
    return file.getvalue()


def read_csv(report, separator=";"):
    text = write_csv(report, separator=separator).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=separator))


def write_json(report, document=DOCUMENT):
    file = BytesIO()
    write_ranking_json([json.dumps(document)], report, file)
    return file.getvalue()


def titled(title):
    """A report of one entry with this title."""
    facts = {"e0": EntryFacts("SUM-1", title, "Organisation")}
    return make_report(1, 1, entries_facts=facts, scores=scored((1, 2, 3, 4)))


# --- CSV ----------------------------------------------------------------------


def test_csv_has_the_lines_of_the_sheet_ranking(report, cached):
    rows = read_csv(report, ",")

    expected = [
        {title: "" if value is None else value for title, value in row.items()}
        for row in table(cached["Ranking"])
    ]
    for row, other in zip(rows, expected, strict=True):
        assert row.pop("State of the ranking") == "Final"
        for title, value in other.items():
            assert row[title] == value or float(row[title]) == value


def test_csv_begins_with_a_mark_that_excel_knows(report):
    written = write_csv(report)

    assert written.startswith(b"\xef\xbb\xbfNomination;Place;Reference;")
    assert written.count(b"\xef\xbb\xbf") == 1
    assert written.endswith(b"\r\n")


@pytest.mark.parametrize(
    ("separator", "total"), [(";", "26,00"), (",", "26.00"), ("\t", "26.00")]
)
def test_decimals_fit_the_separator(separator, total):
    report = make_report(1, 1, scores=scored((1, 2, 2, 4)))

    [row, *_rest] = read_csv(report, separator)

    assert row["Total"] == total


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+370 600", "'+370 600"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("\n=1", "'\n=1"),
        ("\x00=1", "'\ufffd=1"),
        ("  =1", "'  =1"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ('semi;colon "quoted"\nand a line', 'semi;colon "quoted"\nand a line'),
        ("plain = text", "plain = text"),
        ("a\ud800\x07", "a\ufffd\ufffd"),
        ("„Šaltinėlis“ 🌾", "„Šaltinėlis“ 🌾"),
    ],
)
def test_text_of_a_csv_is_never_run(title, written):
    rows = read_csv(titled(title))

    assert {row["Title"] for row in rows} == {written}


def test_negative_number_is_no_text():
    report = make_report(1, 1, scores=scored((1, 2, 3, 4)))
    [overall, *rest] = report.ranking.lists
    row = overall.rows[0]._replace(total=Decimal("-1.50"))
    overall = replace(overall, rows=(row,))
    ranking = replace(report.ranking, lists=(overall, *rest))

    assert read_csv(replace(report, ranking=ranking))[0]["Total"] == "-1,50"


def test_csv_says_on_every_line_that_it_is_not_the_result(report):
    doubtful = replace(report, interim=True, sample_note="The scores are generated")

    states = {row["State of the ranking"] for row in read_csv(doubtful)}

    assert states == {"INTERIM: judging is not closed · The scores are generated"}


def test_file_stays_open_for_whoever_gave_it(report):
    file = BytesIO()

    write_ranking_csv(report, file)

    assert not file.closed


def test_csv_and_workbook_share_their_columns(report, live):
    titles = [column.title for column in columns(report)]

    assert list(read_csv(report)[0])[:-1] == titles
    assert list(table(live["Ranking"])[0]) == titles
    assert len(read_csv(report)) == len(list(lines(report)))


# --- JSON ---------------------------------------------------------------------


def test_json_carries_the_document_as_it_was_hashed(report):
    content = json.loads(write_json(report))

    assert sorted(content) == ["digest", "document", "format", "names"]
    assert content["format"] == "sumani-ranking-file/1"
    assert content["document"] == DOCUMENT
    assert content["digest"] == report.digest


def test_json_has_the_names_beside_the_document(report):
    names = json.loads(write_json(report))["names"]

    assert names["contest"] == "Sumani bendruomenė – pažangus kaimas"
    assert names["entries"]["e0"] == {
        "reference": "SUM-1",
        "title": "Vienuolyno akimirkos dvelksmas",
        "organisation": "Kaimo bendruomenė „Palėvenys“",
        "municipality": "Kupiškio rajono savivaldybė",
        "county": "Panevėžio apskritis",
        "action_group": "",
        "nominations": [],
    }
    assert names["jurors"]["j0"] == "Juror 1"
    assert names["criteria"]["innovation"] == "Innovation"
    assert names["generated_at"] == "2026-11-22T14:30:05+02:00"
    assert {"entry": "e5", "juror": "j2", "reason": "Member of the board"} in (
        names["exclusions"]
    )


def test_json_lists_the_nominations_of_an_entry(report):
    facts = replace(report.entries["e0"], nominations=frozenset({"b", "a"}))
    report = replace(report, entries=report.entries | {"e0": facts})

    names = json.loads(write_json(report))["names"]

    assert names["entries"]["e0"]["nominations"] == ["a", "b"]


def test_json_is_readable_utf_8_and_the_same_every_time(report):
    written = write_json(report)

    assert "Kaimo bendruomenė „Palėvenys“".encode() in written
    assert written == write_json(report)
    assert written.endswith(b"}\n")


def test_json_survives_text_that_utf_8_cannot_carry():
    names = json.loads(write_json(titled("a\ud800\x00b")))["names"]

    assert names["entries"]["e0"]["title"] == "a\ufffd\ufffdb"


def test_workbook_of_the_same_title_agrees():
    shown = open_workbook(titled("a\ud800\x00b"))["Ranking"]["D4"].value

    assert shown == "a\ufffd\ufffdb"


def test_who_goes_on_stands_in_the_table_and_beside_the_document():
    chosen = make_report(short_list=3)
    first = [row.entry for row in chosen.ranking.lists[0].rows if row.place <= 3]

    rows, plain = read_csv(chosen), read_csv(make_report())

    marked = [row["Reference"] for row in rows if row["Short list"] == "yes"]
    assert marked == [chosen.entries[key].reference for key in first]
    assert json.loads(write_json(chosen))["names"]["short_list"] == first
    assert "Short list" not in plain[0]
    assert json.loads(write_json(make_report()))["names"]["short_list"] is None
