"""Nobody entered, hostile text everywhere, progress, the same file twice."""

from dataclasses import replace
from itertools import pairwise

import pytest

from exports.workbooks.ranking import write_ranking_workbook
from scoring.ranking import Exclusion, Nomination
from tests.exports.workbooks.reading import facts, open_workbook, table, texts, write
from tests.exports.workbooks.reports import make_report, scored, sumani_rules


def test_excel_computes_the_formulas_when_it_opens_the_file(live):
    assert live.calculation.fullCalcOnLoad


@pytest.mark.parametrize("entries", [0, 1])
def test_few_entries_and_no_scores(entries):
    workbook = open_workbook(make_report(entries, 0, scores=()))

    rows = table(workbook["Ranking"])
    assert len(rows) == entries * 3
    assert all(row["Note"].startswith("Not ranked, too few") for row in rows)
    assert table(workbook["Scores"]) == []
    assert facts(workbook["Proof"])["Scores counted"] == 0


def test_one_entry_is_first_everywhere():
    rows = table(
        open_workbook(make_report(1, 1, scores=scored((9, 9, 9, 9))), data_only=True)[
            "Ranking"
        ]
    )

    assert [(row["Place"], row["Total"]) for row in rows] == [(1, 100)] * 3


HOSTILE = '=HYPERLINK("http://x","y")\x00\ud800 #REF! <&>\ufffe \''


def test_hostile_text_everywhere_is_text():
    exclusions = (Exclusion("e0", "j0", HOSTILE),)
    report = make_report(3, 2, exclusions=exclusions)
    everywhere = dict.fromkeys(
        ("contest", "reference", "edition", "organiser", "organiser_phone",
         "organiser_email", "requested_by", "sample_note", "rulebook_version",
         "digest", "format"), HOSTILE,
    )  # fmt: skip
    hostile = replace(
        report,
        **everywhere,
        criterion_titles=dict.fromkeys(report.criterion_titles, HOSTILE),
        nomination_titles={"overall": HOSTILE, "innovative": HOSTILE},
        entries={
            key: replace(
                each, reference=HOSTILE, title=HOSTILE, organisation=HOSTILE,
                municipality=HOSTILE, county=HOSTILE, action_group=HOSTILE,
            )
            for key, each in report.entries.items()
        },
        jurors=dict.fromkeys(report.jurors, HOSTILE),
    )  # fmt: skip

    workbook = open_workbook(hostile)

    formulas = [cell.value for cell in texts(workbook) if cell.data_type == "f"]
    starts = {formula.partition("(")[0] for formula in formulas}
    assert starts == {"=ROUND", "=COUNT", "=MIN", "=MAX"}
    assert "e" not in {cell.data_type for cell in texts(workbook)}
    typed = [cell for cell in texts(workbook) if "HYPERLINK" in cell.value]
    assert len(typed) > 50
    assert {cell.number_format for cell in typed} == {"@"}
    shown = '=HYPERLINK("http://x","y")\ufffd\ufffd #REF! <&>\ufffd \''
    assert workbook["Ranking"]["D4"].value == shown


def test_no_contact_of_an_entrant_can_be_in_a_report():
    fields = {
        name
        for name in make_report(1, 1).entries["e0"].__slots__
        if any(word in name for word in ("mail", "phone", "person", "contact"))
    }

    assert fields == set()


# --- Progress -----------------------------------------------------------------


def test_progress_goes_from_nothing_to_all_and_never_back():
    report = make_report(60, 9)
    _file, progress = write(report)

    total = progress[0][1]
    assert progress[0] == (0, total)
    assert progress[-1] == (total, total)
    assert all(one[0] < other[0] for one, other in pairwise(progress))
    assert len(progress) >= total // 500
    assert {each[1] for each in progress} == {total}


def test_progress_may_stop_the_work(tmp_path):
    class StoppedError(Exception):
        pass

    def stop(done, _total):
        if done:
            raise StoppedError

    path = tmp_path / "ranking.xlsx"

    with pytest.raises(StoppedError):
        write_ranking_workbook(make_report(60, 9), path, on_progress=stop)

    assert not path.exists()


def test_same_report_makes_the_same_file(report):
    assert write(report)[0].getvalue() == write(report)[0].getvalue()


def test_order_of_the_scores_given_does_not_matter(report):
    turned = replace(report, scores=tuple(reversed(report.scores)))

    assert write(turned)[0].getvalue() == write(report)[0].getvalue()


def test_nomination_without_title_is_called_by_its_code():
    rules = sumani_rules(nominations=(Nomination("=code"),))

    rows = table(open_workbook(make_report(1, 1, rules=rules))["Ranking"])

    assert [row["Nomination"] for row in rows] == ["Overall ranking", "=code"]
