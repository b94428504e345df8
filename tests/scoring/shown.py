"""The ranking as its pages show it, put together again."""

from itertools import count, takewhile

from scoring.ranking import RankedList, Ranking, Row
from scoring.selectors import current_list


def shown_of(contest, rules, *, size=2):
    """The whole ranking, read page by page."""
    codes = ["overall", *(nomination.code for nomination in rules.nominations)]
    lists = (current_list(contest, rules, code) for code in codes)
    return Ranking(
        tuple(
            listed(code, paged, size) for code, paged in zip(codes, lists, strict=True)
        )
    )


def listed(code, paged, size):
    """One list, read page by page; nobody is excluded from what stands now."""
    pages = (paged.window(start, start + size) for start in count(0, size))
    shown = [row for page in takewhile(bool, pages) for row in page]
    rows = tuple(row for row in shown if isinstance(row, Row))
    unscored = tuple(shown[len(rows) :])
    assert (paged.ranked, paged.unscored) == (len(rows), len(unscored))
    return RankedList(code, rows, unscored, ())
