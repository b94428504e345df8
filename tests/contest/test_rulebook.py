import copy
from functools import reduce
from operator import getitem

import pytest
from django.utils.translation import override

from contest import rulebook, rulemaking
from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.models import Criterion
from contest.rulebook_problems import problems, warnings
from core.errors import Stale
from tests.contest.test_services import running

pytestmark = pytest.mark.django_db


def changed(document, change_it):
    document = copy.deepcopy(document)
    change_it(document)
    return document


@pytest.mark.parametrize(
    ("change_it", "field"),
    [
        pytest.param(
            lambda d: d["criteria"].append(d["criteria"][0]),
            "criteria.4.code",
            id="two-with-one-code",
        ),
        pytest.param(
            lambda d: [c.update(weight="0") for c in d["criteria"]],
            "criteria",
            id="no-weight-at-all",
        ),
        pytest.param(
            lambda d: d["criteria"][0]["scale"].update(step="0"),
            "criteria.0.scale",
            id="no-step",
        ),
        pytest.param(
            lambda d: d["criteria"][0]["scale"].update(step="4"),
            "criteria.0.scale",
            id="step-misses-the-end",
        ),
        pytest.param(
            lambda d: d["criteria"][0]["scale"].update(minimum="10"),
            "criteria.0.scale",
            id="no-way-up",
        ),
        pytest.param(
            lambda d: d["criteria"][0]["scale"].update(maximum="9000", step="0.5"),
            "criteria.0.scale",
            id="too-many-steps",
        ),
        pytest.param(
            lambda d: d["criteria"][3].update(nominations=["most_original", "nobody"]),
            "criteria.3.nominations",
            id="criterion-of-an-unknown-nomination",
        ),
        pytest.param(
            lambda d: d["criteria"][0].update(nominations=["best"]),
            "nominations.1.weights",
            id="nomination-left-without-a-criterion",
        ),
        pytest.param(
            lambda d: (
                d["nominations"][1]["weights"].update(success="1"),
                d["criteria"][0].update(nominations=["best"]),
            ),
            "nominations.1.weights",
            id="weight-of-a-criterion-that-belongs-elsewhere",
        ),
        pytest.param(
            lambda d: (
                [c.update(nominations=["best"]) for c in d["criteria"]],
                d.update(nominations=[d["nominations"][0] | {"entries": "chosen"}]),
            ),
            "entry_form.required",
            id="entries-of-no-nomination-would-not-be-judged",
        ),
        pytest.param(
            lambda d: d["nominations"][0].update(code="overall"),
            "nominations.0.code",
            id="name-of-the-total",
        ),
        pytest.param(
            lambda d: d["nominations"][1].update(weights={"beauty": "1"}),
            "nominations.1.weights",
            id="unknown-criterion",
        ),
        pytest.param(
            lambda d: d["nominations"][1].update(weights={"innovation": "0"}),
            "nominations.1.weights",
            id="weightless-nomination",
        ),
        pytest.param(
            lambda d: d.update(tie_breaks=["age"]), "tie_breaks.0", id="tie-break"
        ),
        pytest.param(
            lambda d: d.update(tie_breaks=["median", "median"]),
            "tie_breaks.1",
            id="tie-break-twice",
        ),
        pytest.param(
            lambda d: d["timetable"].update(collection_days_max=1),
            "timetable.collection_days_max",
            id="shorter-at-most",
        ),
        pytest.param(
            lambda d: d["criteria"][0]["words"].update({"10.5": {"lt": "per gerai"}}),
            "criteria.0.words",
            id="word-off-the-scale",
        ),
        pytest.param(
            lambda d: d.update(jurors_per_entry=2, min_scores=3),
            "min_scores",
            id="more-values-than-jurors",
        ),
        pytest.param(
            lambda d: d.update(minimum_score="100.5"),
            "minimum_score",
            id="minimum-above-the-total",
        ),
        pytest.param(
            lambda d: d["eligibility"].append(d["eligibility"][0]),
            "eligibility.3.code",
            id="requirement-twice",
        ),
        pytest.param(
            lambda d: d["entry_form"]["required"].append("nominations"),
            "entry_form.required",
            id="nothing-to-choose",
        ),
        *(
            pytest.param(
                lambda d, key=key, value=value: d["limits"].update({key: value}),
                f"limits.{field}",
                id=f"{field}-of-nothing-to-choose",
            )
            for key, value, field in (
                ("entries_per_nomination", 1, "entries_per_nomination"),
                ("nominations_per_entry", 1, "nominations_per_entry"),
                ("quota", {"by": "nomination", "count": 1}, "quota.by"),
            )
        ),
        pytest.param(
            lambda d: (
                d["nominations"][0].update(entries="chosen"),
                d["limits"].update(entries_per_organisation=2),
                d["limits"].update(entries_per_nomination=3),
            ),
            "limits.entries_per_nomination",
            id="more-in-one-than-in-all",
        ),
        pytest.param(
            lambda d: d["limits"].update(
                bar_winners={"editions": 3, "places": 3, "by_place": {"4": 1}}
            ),
            "limits.bar_winners.by_place",
            id="place-beyond-the-bar",
        ),
    ],
)
def test_a_rulebook_that_contradicts_itself_is_refused(change_it, field):
    document = changed(rulebook.template("lkbs"), change_it)

    assert [found.field for found in problems(document)] == [field]


def asking(code="a", kind="text", **fields):
    return {"code": code, "title": {"lt": code}, "kind": kind, **fields}


TWO = [{"code": code, "title": {"lt": code}} for code in ("one", "two")]
YES_OR_NO = asking("sure", "yes_no")


@pytest.mark.parametrize(
    ("questions", "field"),
    [
        pytest.param([asking(), asking()], "1.code", id="two-with-one-code"),
        pytest.param([asking("nominations")], "0.code", id="name-of-the-fixed-field"),
        pytest.param([asking(kind="choice")], "0.choices", id="nothing-to-choose"),
        pytest.param([asking(choices=TWO)], "0.choices", id="text-with-choices"),
        pytest.param(
            [asking(kind="choice", choices=[*TWO, TWO[0]])],
            "0.choices.2.code",
            id="choice-twice",
        ),
        pytest.param(
            [asking(kind="choice", choices=TWO, min_choices=1)],
            "0.min_choices",
            id="number-of-one-choice",
        ),
        pytest.param(
            [asking(kind="choices", choices=TWO, min_choices=3)],
            "0.min_choices",
            id="more-than-there-are",
        ),
        pytest.param(
            [asking(kind="choices", choices=TWO, min_choices=2, max_choices=1)],
            "0.min_choices",
            id="least-above-most",
        ),
        pytest.param([asking(minimum="1")], "0.minimum", id="text-with-a-minimum"),
        pytest.param(
            [asking(kind="number", minimum="a")], "0.minimum", id="minimum-no-number"
        ),
        pytest.param(
            [asking(kind="whole_number", maximum="1,5")], "0.maximum", id="half-a-whole"
        ),
        pytest.param(
            [asking(kind="date", maximum="2025-02-30")], "0.maximum", id="no-such-day"
        ),
        pytest.param(
            [asking(kind="money", minimum="10", maximum="9,99")],
            "0.maximum",
            id="no-amount-between",
        ),
        pytest.param(
            [asking(kind="date", minimum="2025-01-02", maximum="2025-01-01")],
            "0.maximum",
            id="no-day-between",
        ),
        pytest.param(
            [asking(when={"question": "sure", "is": ["yes"]}), YES_OR_NO],
            "0.when.question",
            id="condition-on-a-later-one",
        ),
        pytest.param(
            [asking("sure", "yes_no", when={"question": "sure", "is": ["yes"]})],
            "0.when.question",
            id="condition-on-itself",
        ),
        pytest.param(
            [asking(), asking("b", when={"question": "a", "is": ["x"]})],
            "1.when.question",
            id="condition-on-a-text",
        ),
        pytest.param(
            [asking(when={"question": "nominations", "is": ["best"]})],
            "0.when.question",
            id="condition-on-nominations-that-nobody-chooses",
        ),
        pytest.param(
            [YES_OR_NO, asking(when={"question": "sure", "is": ["yes", "perhaps"]})],
            "1.when.is.1",
            id="impossible-answer",
        ),
        pytest.param(
            [
                asking("one", "choice", choices=TWO),
                asking(when={"question": "one", "is": [True]}),
            ],
            "1.when.is.0",
            id="yes-to-a-choice",
        ),
    ],
)
def test_questions_that_contradict_themselves_are_refused(questions, field):
    document = rulebook.template("lkbs") | {"questions": questions}

    assert [found.field for found in problems(document)] == [f"questions.{field}"]


@pytest.mark.parametrize("name", rulebook.template_names())
def test_the_templates_spell_out_every_key(name):
    document = rulebook.template(name)

    form = RulebookDocumentSerializer(data=document)

    assert form.is_valid(), form.errors
    assert form.validated_data == document


@pytest.mark.parametrize(
    ("part", "slip", "told"),
    [
        ((), "tiebreaks", "tie_breaks"),
        (("limits",), "entries_per_organization", "entries_per_organisation"),
        (("criteria", 0), "panel", "code, title"),
        (("nominations", 0), "short_list", "code, title"),
        (("criteria", 0, "scale"), "x" * 100_000, "minimum, maximum, step"),
    ],
)
def test_a_member_that_there_is_not_is_told_and_not_left_out(part, slip, told):
    document = rulebook.template("lkbs")
    reduce(getitem, part, document)[slip] = "1"

    form = RulebookDocumentSerializer(data=document)

    assert not form.is_valid()
    (message,) = reduce(getitem, part, form.errors)[slip[:60]]
    assert told in message


@pytest.mark.parametrize("name", rulebook.template_names())
def test_the_templates_contradict_nothing(name):
    assert problems(rulebook.template(name)) == []


def new_rules(contest, by, document, version=1):
    return rulemaking.change_rulebook(
        contest=contest,
        document=document,
        reason="Nutarta",
        expected_version=version,
        by=by,
    )


def test_a_new_rulebook_retires_what_left_it_and_keeps_the_old_one():
    contest, coordinator = running("open")
    document = contest.rulebook.document | {"nominations": []}
    document["criteria"] = document["criteria"][:3]

    made = new_rules(contest, coordinator, document)

    contest.refresh_from_db()
    assert (made.number, contest.rulebook) == (2, made)
    assert contest.rulebooks.count() == 2
    assert Criterion.objects.get(retired=True).code == "originality"


def test_a_rulebook_based_on_an_old_one_is_refused():
    contest, coordinator = running("open")
    new_rules(contest, coordinator, contest.rulebook.document)

    with pytest.raises(Stale):
        new_rules(contest, coordinator, contest.rulebook.document)


@pytest.mark.parametrize(
    ("bar", "sentence"), [(None, "name no winner"), (3, "past winners stay away")]
)
def test_rules_by_which_nobody_wins_are_warned_about(bar, sentence):
    barred = {"editions": bar, "places": 1, "by_place": {}} if bar else None
    document = changed(
        rulebook.template("commission_100"),
        lambda d: (d.update(places=None), d["limits"].update(bar_winners=barred)),
    )

    with override("en"):
        found = list(warnings(rulebook.read(document)))

    assert [sentence in warning.message for warning in found] == [True]
    assert list(warnings(rulebook.read(document | {"places": 1}))) == []


def test_a_stored_rulebook_without_places_awards_none_in_the_overall_list():
    document = rulebook.template("lkbs")
    del document["places"]

    awarded = rulebook.read(document).awarded

    assert awarded["best"] == 15
    assert "overall" not in awarded


def test_a_lot_is_drawn_when_the_rules_are_made():
    contest, coordinator = running("open")
    document = changed(
        contest.rulebook.document, lambda d: d.update(tie_breaks=["lot"])
    )

    made = new_rules(contest, coordinator, document)

    assert len(made.document["lot_seed"]) == 16


def test_the_nominations_of_a_criterion_are_written_only_where_there_are_any():
    """Rules of before keep their digest; a code said twice stands once."""
    document = rulebook.template("lkbs")
    for given, kept in (([], None), (["best", "best"], ["best"])):
        document["criteria"][0]["nominations"] = given
        shape = RulebookDocumentSerializer(data=document)

        assert shape.is_valid(), shape.errors
        shown = RulebookDocumentSerializer(shape.validated_data).data
        assert shape.validated_data["criteria"][0].get("nominations") == kept
        assert shown["criteria"][0].get("nominations") == kept
        assert "nominations" not in shown["criteria"][1]
