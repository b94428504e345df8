import copy

import pytest

from contest import rulebook, rulemaking
from contest.models import Criterion
from contest.rulebook_problems import problems
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
            lambda d: d["timetable"].update(collection_days_max=1),
            "timetable.collection_days_max",
            id="shorter-at-most",
        ),
    ],
)
def test_a_rulebook_that_contradicts_itself_is_refused(change_it, field):
    document = changed(rulebook.template("lkbs"), change_it)

    assert [found.field for found in problems(document)] == [field]


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


def test_a_lot_is_drawn_when_the_rules_are_made():
    contest, coordinator = running("open")
    document = changed(
        contest.rulebook.document, lambda d: d.update(tie_breaks=["lot"])
    )

    made = new_rules(contest, coordinator, document)

    assert len(made.document["lot_seed"]) == 16
