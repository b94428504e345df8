import copy
import json

import pytest
from hypothesis import given, settings

from scoring.canonical import canonical_bytes, digest, document, recompute
from tests.scoring.published import published
from tests.scoring.strategies import cases, rank_case


def test_recompute_of_a_file_gives_the_same_digest():
    made = published()
    read = json.loads(canonical_bytes(made))

    again = recompute(read)

    assert again == made
    assert digest(again) == digest(made)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_recompute_gives_the_same_document_for_any_rules(case):
    made = document(
        contest="any", rulebook_version=1, ranking=rank_case(case), **case._asdict()
    )

    again = recompute(json.loads(canonical_bytes(made)))

    assert again == made


FIRST_ROW = ["ranking", "overall", "rows", 0]


def change(path, value):
    """A change of the document: the item at the path, set to the value."""

    def apply(made):
        *parents, last = path
        for key in parents:
            made = made[key]
        made[last] = value

    return apply


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(
            change(["scores", "entry-1", "juror-1", "innovation"], "9"), id="score"
        ),
        pytest.param(
            change(["scores", "entry-3", "juror-1", "success"], "0"), id="score-added"
        ),
        pytest.param(change(["entries", "entry-2"], ["most-original"]), id="choice"),
        pytest.param(change(["exclusions"], []), id="exclusions"),
        pytest.param(change(["chair_order", "best"], ["entry-1"]), id="chair"),
        pytest.param(
            change(["rules", "criteria", "innovation", "weight"], "31"), id="weight"
        ),
        pytest.param(change(["rules", "lot_seed"], "x"), id="seed"),
    ],
)
def test_recompute_from_forged_input_gives_another_digest(forge):
    made = published()
    forged = copy.deepcopy(made)
    forge(forged)

    again = recompute(forged)

    assert digest(again) != digest(made)


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(change([*FIRST_ROW, "total"], "86.00"), id="total"),
        pytest.param(change([*FIRST_ROW, "place"], "2"), id="place"),
        pytest.param(change([*FIRST_ROW, "shared"], True), id="shared"),
        pytest.param(change(["ranking", "overall", "excluded"], []), id="excluded"),
        pytest.param(change(["note"], "added"), id="something-added"),
        pytest.param(change(["rules", "total"], "200/2"), id="other-spelling"),
    ],
)
def test_recompute_restores_what_does_not_follow_from_the_input(forge):
    made = published()
    forged = copy.deepcopy(made)
    forge(forged)

    again = recompute(forged)

    assert digest(forged) != digest(made)
    assert again == made


def test_changing_one_score_changes_the_digest_of_the_recomputed_document():
    made = published()
    forged = copy.deepcopy(made)
    forged["scores"]["entry-1"]["juror-1"]["innovation"] = "9"

    again = recompute(forged)

    assert digest(again) != digest(made)
    assert again["ranking"]["overall"]["rows"][0]["total"] == "89.95"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        pytest.param(
            ["format"],
            "sumani-ranking/2",
            "document.format: .* allowed: 'sumani-ranking/1'",
            id="format",
        ),
        pytest.param(
            ["rulebook_version"],
            "3.0",
            "document.rulebook_version: received '3.0', allowed: a whole number",
            id="version",
        ),
        pytest.param(
            ["contest"],
            7,
            "document.contest: received 7, allowed: a text",
            id="contest",
        ),
        pytest.param(
            ["rules"],
            [],
            r"document.rules: received \[\], allowed: a mapping with 'minimum_score'",
            id="rules",
        ),
        pytest.param(
            ["rules", "total"],
            100,
            "document.rules.total: received 100, allowed: a number as text",
            id="number-not-as-text",
        ),
        pytest.param(
            ["rules", "total"],
            "1/0",
            "document.rules.total: received '1/0'",
            id="division-by-zero",
        ),
        pytest.param(
            ["rules", "total"],
            "1e3",
            "document.rules.total: received '1e3'",
            id="exponent",
        ),
        pytest.param(
            ["rules", "minimum_score"],
            "NaN",
            "document.rules.minimum_score: received 'NaN'",
            id="not-a-number",
        ),
        pytest.param(
            ["rules", "mapping"],
            "least",
            "Rules.mapping: received 'least'",
            id="unknown-mapping",
        ),
        pytest.param(
            ["rules", "criteria", "success", "counted"],
            "yes",
            "success.counted: received 'yes', allowed: true or false",
            id="flag",
        ),
        pytest.param(
            ["rules", "tie_breaks"],
            "lot",
            "document.rules.tie_breaks: received 'lot', allowed: a list",
            id="list",
        ),
        pytest.param(
            ["rules", "tie_breaks"],
            ["age"],
            "Rules.tie_breaks: received 'age'",
            id="unknown-tie-break",
        ),
        pytest.param(
            ["entries"],
            None,
            "document.entries: received None, allowed: a mapping",
            id="mapping",
        ),
        pytest.param(
            ["entries", "entry-1"],
            [None],
            r"document.entries.entry-1\[0\]: received None, allowed: a text",
            id="nomination",
        ),
        pytest.param(
            ["exclusions"],
            [{"entry": None, "juror": None}],
            "Exclusion: received neither",
            id="exclusion-of-nothing",
        ),
        pytest.param(
            ["exclusions"],
            [{"entry": "a"}],
            r"document.exclusions\[0\]: .* allowed: a mapping with 'juror'",
            id="half-an-exclusion",
        ),
        pytest.param(
            ["scores", "entry-1", "juror-1", "innovation"],
            "11",
            "received 11, allowed: 1 to 10 in steps of 1",
            id="score-off-the-scale",
        ),
        pytest.param(
            ["scores", "entry-1", "juror-1", "beauty"],
            "5",
            "document.scores.entry-1.juror-1: .* allowed: only criteria of the rules",
            id="unknown-criterion",
        ),
        pytest.param(
            ["chair_order"],
            {"worst": []},
            "chair_order: received 'worst'",
            id="unknown-list",
        ),
    ],
)
def test_recompute_refuses_a_malformed_document(path, value, message):
    malformed = published()
    change(path, value)(malformed)

    with pytest.raises(ValueError, match=message):
        recompute(malformed)


@pytest.mark.parametrize("received", [None, [], "text", {}])
def test_recompute_refuses_what_is_no_document(received):
    with pytest.raises(
        ValueError, match=r"document: received .* a mapping with 'format'"
    ):
        recompute(received)
