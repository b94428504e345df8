import unicodedata
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given

from scoring.canonical import canonical_bytes, digest, digest_of, document, pieces
from scoring.ranking import Entry, Exclusion, Rules, Score, rank_scores
from tests.scoring.cases import one_criterion, scores
from tests.scoring.published import ENTRIES, EXCLUSIONS, RULES, TABLE, published
from tests.scoring.strategies import cases, rank_case

FIRST = {
    "entry": "entry-1",
    "place": "1",
    "total": "85.00",
    "means": {"innovation": "8.50", "success": "4.25", "original": "3.00"},
    "spread": "7.07",
    "jurors": "2",
    "tie_breaks": [],
    "shared": False,
}
BELOW = {
    "entry": "entry-2",
    "place": None,
    "total": "24.95",
    "means": {"innovation": "2.50", "success": "1.00"},
    "spread": None,
    "jurors": "2",
    "tie_breaks": [],
    "shared": False,
}
OVERALL = {
    "rows": [FIRST, BELOW],
    "unscored": {"entry-3": ["success"], "entry-5": ["innovation", "success"]},
    "excluded": ["entry-4"],
}
ORIGINAL = {
    "rows": [FIRST | {"place": None, "total": "30.00", "spread": None, "jurors": "1"}],
    "unscored": {},
    "excluded": [],
}


def test_document_holds_input_and_printed_ranking():
    made = published()

    assert made == {
        "format": "sumani-ranking/1",
        "contest": "sumani-2026",
        "rulebook_version": "3",
        "rules": {
            "criteria": {
                "innovation": {
                    "minimum": "1",
                    "maximum": "10",
                    "step": "1",
                    "weight": "30",
                    "counted": True,
                },
                "success": {
                    "minimum": "0",
                    "maximum": "5",
                    "step": "1/2",
                    "weight": "1/3",
                    "counted": True,
                },
                "original": {
                    "minimum": "1",
                    "maximum": "10",
                    "step": "1",
                    "weight": "10",
                    "counted": False,
                },
            },
            "nominations": {
                "best": {"weights": None, "entries": "all", "places": "15"},
                "most-original": {
                    "weights": {"original": "1"},
                    "entries": "chosen",
                    "places": None,
                },
            },
            "total": "100",
            "mapping": "maximum",
            "min_scores": "1",
            "minimum_score": "60.5",
            "tie_breaks": ["criterion:success", "chair", "lot"],
            "lot_seed": "Žolinė",
        },
        "entries": {
            "entry-1": ["most-original"],
            "entry-2": [],
            "entry-3": [],
            "entry-4": [],
            "entry-5": [],
        },
        "scores": {
            "entry-1": {
                "juror-1": {"innovation": "8", "success": "4", "original": "3"},
                "juror-2": {"innovation": "9", "success": "9/2"},
            },
            "entry-2": {
                "juror-1": {"innovation": "2", "success": "1"},
                "juror-2": {"innovation": "3"},
            },
            "entry-3": {"juror-1": {"innovation": "7"}},
            "entry-4": {"juror-1": {"innovation": "7"}},
        },
        "exclusions": [
            {"entry": None, "juror": "juror-3"},
            {"entry": "entry-4", "juror": None},
        ],
        "chair_order": {"overall": ["entry-2", "entry-1"]},
        "ranking": {"overall": OVERALL, "best": OVERALL, "most-original": ORIGINAL},
    }


def test_document_does_not_hold_the_typed_reason_of_an_exclusion():
    made = canonical_bytes(published()).decode()

    assert [word for word in ("Onaitė", "late", "reason") if word in made] == []


def test_document_does_not_depend_on_the_order_of_its_input():
    shuffled = Rules(
        criteria=RULES.criteria[::-1],
        nominations=RULES.nominations[::-1],
        minimum_score=Decimal("60.5"),
        tie_breaks=RULES.tie_breaks,
        lot_seed=RULES.lot_seed,
    )

    made = published(
        rules=shuffled,
        raw=scores(RULES, TABLE)[::-1],
        entries=ENTRIES[::-1],
        exclusions=[*EXCLUSIONS[::-1], Exclusion("entry-4", None, "said twice")],
    )

    assert digest(made) == digest(published())


def test_document_sorts_the_nominations_an_entrant_chose():
    made = published(entries=[Entry("entry-1", frozenset("hgfedcba"))])

    assert made["entries"] == {"entry-1": [*"abcdefgh"]}


@pytest.mark.parametrize(
    ("minimum_score", "expected"),
    [
        pytest.param(None, None, id="none"),
        pytest.param("60", "60", id="whole"),
        pytest.param("60.00", "60", id="trailing-zeros"),
        pytest.param("6E+1", "60", id="exponent"),
        pytest.param("60.50", "60.5", id="half"),
        pytest.param("0.0", "0", id="zero"),
    ],
)
def test_minimum_score_has_one_spelling(minimum_score, expected):
    rules = one_criterion(minimum_score=minimum_score and Decimal(minimum_score))

    made = published(rules, raw=[], entries=[], exclusions=[], chair_order=None)

    assert made["rules"]["minimum_score"] == expected


def test_canonical_bytes_are_sorted_compact_utf8_in_nfc():
    decomposed = unicodedata.normalize("NFD", "Žolinė")

    written = canonical_bytes({"b": [True, None, "2"], "a": {decomposed: ("ū", "<&>")}})

    assert written == '{"a":{"Žolinė":["ū","<&>"]},"b":[true,null,"2"]}'.encode()


def test_digest_is_the_sha256_of_the_canonical_bytes():
    assert digest({"a": "1"}) == sha256(b'{"a":"1"}').hexdigest()


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(1, id="int"),
        pytest.param(1.5, id="float"),
        pytest.param(Decimal("1.5"), id="decimal"),
        pytest.param({"deep": [["x", 0]]}, id="int-inside"),
        pytest.param({1: "x"}, id="int-as-key"),
        pytest.param({"x"}, id="set"),
    ],
)
def test_canonical_bytes_refuse_numbers(value):
    with pytest.raises(TypeError, match="received"):
        canonical_bytes({"a": value})


def test_canonical_bytes_refuse_keys_that_are_the_same_in_nfc():
    with pytest.raises(ValueError, match="the same in NFC"):
        canonical_bytes({"ė": "1", unicodedata.normalize("NFD", "ė"): "2"})


def test_document_refuses_text_that_is_not_in_nfc():
    rules = one_criterion(lot_seed=unicodedata.normalize("NFD", "Žolinė"))

    with pytest.raises(ValueError, match="not in NFC"):
        published(rules, raw=[], entries=[], exclusions=[], chair_order=None)


def test_document_refuses_scores_of_unknown_criteria():
    raw = [Score("entry-1", "juror-1", "beauty", 1)]

    with pytest.raises(ValueError, match="received 'beauty', allowed: 'innovation'"):
        document(
            contest="sumani-2026",
            rulebook_version=3,
            rules=RULES,
            entries=ENTRIES,
            scores=raw,
            exclusions=[],
            chair_order=None,
            ranking=rank_scores(RULES, ENTRIES, []),
        )


# --- Piece by piece -----------------------------------------------------------


def arguments(rules=RULES, raw=None, entries=ENTRIES, exclusions=EXCLUSIONS):
    raw = scores(rules, TABLE) if raw is None else raw
    own = {"entries": entries, "scores": raw, "exclusions": exclusions}
    order = {"overall": ["entry-2", "entry-1"]}
    ranking = rank_scores(rules, **own, chair_order=order)
    rest = {"contest": "sumani-2026", "rulebook_version": 3, "rules": rules}
    return own | rest | {"ranking": ranking, "chair_order": order}


def test_pieces_are_the_canonical_bytes():
    whole = arguments()

    text = "".join(pieces(**whole))

    assert text.encode() == canonical_bytes(document(**whole))
    assert digest_of(pieces(**whole)) == digest(document(**whole))


def test_pieces_of_nothing_are_the_canonical_bytes():
    whole = arguments(raw=[], entries=[], exclusions=[])

    assert "".join(pieces(**whole)).encode() == canonical_bytes(document(**whole))


@given(cases())
def test_pieces_of_any_edition_are_the_canonical_bytes(case):
    whole = {
        "contest": "x",
        "rulebook_version": 1,
        "rules": case.rules,
        "entries": case.entries,
        "scores": case.scores,
        "exclusions": case.exclusions,
        "chair_order": case.chair_order,
        "ranking": rank_case(case),
    }

    assert "".join(pieces(**whole)).encode() == canonical_bytes(document(**whole))


def test_pieces_refuse_text_that_is_not_in_nfc():
    whole = arguments() | {"entries": [Entry("e\N{COMBINING DOT ABOVE}")]}

    with pytest.raises(ValueError, match="NFC"):
        "".join(pieces(**whole))


def test_pieces_refuse_an_unknown_criterion():
    whole = arguments() | {"scores": [Score("entry-1", "j", "charm", 1)]}

    with pytest.raises(ValueError, match="charm"):
        "".join(pieces(**whole))
