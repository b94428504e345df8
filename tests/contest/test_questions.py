"""Answers to an edition's own questions: what is read, what is asked, what lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.answers import KINDS, with_defaults
from contest.questions import answer_problems, asked, missing_answers, normalised


def asking(kind, code="q", **fields):
    return with_defaults({"code": code, "title": {}, "kind": kind, **fields})


CHOICES = [{"code": code, "title": {}} for code in ("one", "two", "three")]
OF_THREE = {"choices": CHOICES}


@pytest.mark.parametrize(
    ("question", "sent", "stored"),
    [
        pytest.param(asking("text"), " Žalia ", "Žalia", id="nfc"),
        pytest.param(asking("text"), 2024, "2024", id="number-as-text"),
        pytest.param(asking("long_text"), "a\r\nb", "a\nb", id="lines"),
        pytest.param(asking("whole_number"), "1 200", "1200", id="thousands"),
        pytest.param(asking("whole_number"), 0, "0", id="zero-is-an-answer"),
        pytest.param(asking("whole_number"), "-007", "-7", id="leading-zeros"),
        pytest.param(asking("number"), "12,50", "12.5", id="comma"),
        pytest.param(asking("number"), 1.5, "1.5", id="json-number"),
        pytest.param(asking("number"), "\u22121", "-1", id="typographic-minus"),
        pytest.param(asking("money"), "18\u00a0407,00", "18407.00", id="amount"),
        pytest.param(asking("money"), "5", "5.00", id="amount-without-cents"),
        pytest.param(asking("date"), "2024-02-29", "2024-02-29", id="leap-day"),
        pytest.param(asking("yes_no"), "no", False, id="no"),
        pytest.param(asking("yes_no"), True, True, id="true"),
        pytest.param(asking("choice", **OF_THREE), "two", "two", id="choice"),
        pytest.param(
            asking("choices", **OF_THREE, min_choices=2), ["two"], ["two"], id="too-few"
        ),
        pytest.param(
            asking("link"),
            "https://žalia.lt/ą?b=1",
            "https://žalia.lt/ą?b=1",
            id="link",
        ),
        pytest.param(asking("email"), "ona@žalia.lt", "ona@žalia.lt", id="email"),
        pytest.param(
            asking("phone"), "+370 (600) 00-001", "+370 (600) 00-001", id="phone"
        ),
        pytest.param(
            asking("whole_number", maximum="6 000"), "6000", "6000", id="at-the-limit"
        ),
    ],
)
def test_an_answer_is_stored_the_same_in_every_language(question, sent, stored):
    assert list(answer_problems([question], {"q": sent})) == []
    assert normalised([question], {"q": sent}) == {"q": stored}


@pytest.mark.parametrize(
    ("question", "sent"),
    [
        pytest.param(asking("text"), "a\nb", id="two-lines"),
        pytest.param(asking("text"), "a\x00b", id="nul"),
        pytest.param(asking("text"), True, id="yes-as-text"),
        pytest.param(asking("text"), ["a"], id="list-as-text"),
        pytest.param(asking("text", max_length=3), "ąčęė", id="too-long"),
        pytest.param(asking("whole_number"), "1,5", id="half"),
        pytest.param(asking("whole_number"), True, id="yes-as-number"),
        pytest.param(asking("whole_number"), 10**300, id="very-large"),
        pytest.param(asking("whole_number"), "٣", id="digits-of-others"),
        pytest.param(asking("whole_number"), "1_000", id="underscore"),
        pytest.param(asking("number"), "1e5", id="exponent"),
        pytest.param(asking("number"), "NaN", id="not-a-number"),
        pytest.param(asking("number", minimum="1"), "0,99", id="below"),
        pytest.param(asking("money"), "18.407,00", id="two-separators"),
        pytest.param(asking("money"), "1,234", id="tenths-of-cents"),
        pytest.param(asking("money"), "-1", id="debt"),
        pytest.param(asking("date"), "2023-02-29", id="no-such-day"),
        pytest.param(asking("date"), "20240229", id="date-without-dashes"),
        pytest.param(asking("date", minimum="2025-01-01"), "2024-12-31", id="early"),
        pytest.param(asking("date", maximum="2025-01-01"), "2025-01-02", id="late"),
        pytest.param(asking("yes_no"), "perhaps", id="perhaps"),
        pytest.param(asking("yes_no"), 1, id="one-for-yes"),
        pytest.param(asking("choice", **OF_THREE), "four", id="no-such-choice"),
        pytest.param(asking("choice", **OF_THREE), ["one"], id="list-for-one"),
        pytest.param(asking("choices", **OF_THREE), "one", id="one-for-a-list"),
        pytest.param(asking("choices", **OF_THREE), ["one", "one"], id="twice"),
        pytest.param(asking("choices", **OF_THREE), [["one"]], id="list-in-a-list"),
        pytest.param(
            asking("choices", **OF_THREE, max_choices=1), ["one", "two"], id="too-many"
        ),
        pytest.param(asking("link"), "javascript:alert(1)", id="script"),
        pytest.param(asking("link"), "http://[", id="broken-address"),
        pytest.param(asking("link"), "example.org", id="without-scheme"),
        pytest.param(asking("email"), "ona@vilnius", id="no-domain"),
        pytest.param(asking("email"), "ona@example.org, a@b.lt", id="two-addresses"),
        pytest.param(asking("phone"), "112x", id="letters"),
        pytest.param(asking("phone"), "1" * 30, id="many-digits"),
    ],
)
def test_an_answer_of_another_kind_is_named_and_kept_as_it_was(question, sent):
    found = list(answer_problems([question], {"q": sent}))

    assert [problem.field for problem in found] == ["answers.q"]
    assert "{" not in found[0].message
    assert normalised([question], {"q": sent}) == {"q": sent}
    assert missing_answers([question], {"answers": {"q": sent}}) == ["q"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(kind=st.sampled_from(KINDS), sent=ANYTHING)
def test_whatever_is_sent_is_stored_once_and_for_all_or_refused(kind, sent):
    question = asking(kind, **OF_THREE) if kind.startswith("choice") else asking(kind)
    if list(answer_problems([question], {"q": sent})):
        return

    stored = normalised([question], {"q": sent})

    assert list(answer_problems([question], stored)) == []
    assert normalised([question], stored) == stored


def test_an_answer_that_nobody_asked_for_is_named():
    found = list(answer_problems([asking("text")], {"zzz": "a"}))

    assert [problem.field for problem in found] == ["answers"]
    assert "zzz" in found[0].message


# --- Conditions ---------------------------------------------------------------------


CHAIN = [
    asking("yes_no", "partners", required=True),
    asking(
        "choices",
        "which",
        required=True,
        choices=CHOICES,
        min_choices=2,
        when={"question": "partners", "is": [True]},
    ),
    asking("text", "third", required=True, when={"question": "which", "is": ["three"]}),
    asking(
        "text", "green", required=True, when={"question": "nominations", "is": ["eco"]}
    ),
]


def entry(*nominations, **answers):
    return {"answers": answers, "nominations": list(nominations)}


@pytest.mark.parametrize(
    ("content", "codes", "missing"),
    [
        pytest.param({}, ["partners"], ["partners"], id="nothing-said"),
        pytest.param(entry(partners=False), ["partners"], [], id="no-is-an-answer"),
        pytest.param(
            entry(partners=True), ["partners", "which"], ["which"], id="opened"
        ),
        pytest.param(
            entry(partners=True, which=["one"]),
            ["partners", "which"],
            ["which"],
            id="too-few-choices",
        ),
        pytest.param(
            entry(partners=True, which=["one", "three"]),
            ["partners", "which", "third"],
            ["third"],
            id="a-chain",
        ),
        pytest.param(
            entry(partners=False, which=["one", "three"], third="a"),
            ["partners"],
            [],
            id="a-broken-chain-opens-nothing",
        ),
        pytest.param(
            entry("eco", partners=False, green=" "),
            ["partners", "green"],
            ["green"],
            id="by-nomination",
        ),
    ],
)
def test_what_is_asked_follows_what_was_said(content, codes, missing):
    assert [question["code"] for question in asked(CHAIN, content)] == codes
    assert missing_answers(CHAIN, content) == missing


def test_answers_to_what_is_no_longer_asked_are_kept():
    content = entry(partners=False, which=["one", "two"])

    assert normalised(CHAIN, content["answers"]) == content["answers"]


def test_emptied_answers_go():
    assert normalised(CHAIN, {"third": "  ", "which": [], "partners": None}) == {}
