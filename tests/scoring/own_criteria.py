"""Rules in the manner of AKKA: what is judged depends on the nomination."""

from contest import rulebook
from contest.pages.rules_views import shaped
from tests.contest.siblings import chosen, criteria

OF_FARM, OF_NATURE = ("yield", "machines"), ("water", "energy")
FOR_ALL = ("story",)


def document(**changes):
    """Two criteria of each nomination, and one for all; every list ranks by its own."""
    words = {c: c for c in (*FOR_ALL, *OF_FARM, *OF_NATURE)}
    rows = criteria(words)
    for row in rows:
        if row["code"] in OF_FARM:
            row["nominations"] = ["farm"]
        if row["code"] in OF_NATURE:
            row["nominations"] = ["nature"]
    return shaped(
        {
            "criteria": rows,
            "nominations": chosen({"farm": "Ūkis", "nature": "Gamta"}, places=3),
            "places": 3,
            **changes,
        }
    )


def rules(**changes):
    return rulebook.read(document(**changes))
