"""Marks out of a seed."""

from statistics import pstdev

from config.demo.marks import Marks, generator


def sheets(seed, *, entries=50, jurors=9, steps=9):
    marks = Marks(generator(seed), jurors=jurors, criteria=4, steps=steps)
    return [
        [marks.sheet(quality, juror) for juror in range(jurors)]
        for quality in (marks.entry() for _ in range(entries))
    ]


def test_same_seed_gives_the_same_marks():
    assert sheets(7) == sheets(7)
    assert sheets(7) != sheets(8)


def test_marks_stay_on_the_scale():
    marks = {mark for entry in sheets(7, steps=2) for sheet in entry for mark in sheet}

    assert marks == {0, 1, 2}


def test_entries_differ_more_than_chance_and_some_are_equal():
    totals = [sum(sum(sheet[:3]) for sheet in entry) for entry in sheets(2026)]

    assert pstdev(totals) > 15  # of 243
    assert len(set(totals)) < len(totals)
