"""Awards beside the places: given, refused, taken back, published, lapsed."""

import json

import pytest
from django.utils.translation import override

from audit.models import Event
from contest import rulebook
from contest.consequences import doubts_about
from contest.phases import ActKind
from core.errors import Conflict, Invalid, NotNow, NotYours
from scoring.canonical import digest, recompute
from scoring.giving import give_special_award
from scoring.models import FrozenResult, SpecialAward
from scoring.selectors import result_of
from scoring.special_awards import Lapse, given_in, special_awards_of
from submissions.models import Submission
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SubmissionFactory,
)
from tests.scoring.honoured import (
    AWARDS,
    describe,
    entry,
    give,
    honoured_contest,
    person_of,
    publish,
    take_back,
    withdraw,
)
from tests.scoring.published import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return honoured_contest()


def test_an_award_is_kept_with_the_words_and_recorded(contest):
    give(contest)

    (given,) = given_in(contest)
    assert (given.award, given.title, given.citation, given.lapse) == (
        *("commended", "Pagirtas", "Už drąsą."),
        None,
    )
    event = Event.objects.get(action="scoring.give_special_award")
    assert event.details["award"] == "commended"


def test_given_awards_stand_in_the_order_of_the_rules(contest):
    give(contest, 1, "sponsors")
    give(contest, 2)
    give(contest, 3)

    assert [(each.award, each.naming.reference) for each in given_in(contest)] == [
        ("commended", entry(contest, 2).reference),
        ("commended", entry(contest, 3).reference),
        ("sponsors", entry(contest, 1).reference),
    ]


def test_an_award_that_the_rules_do_not_know_is_refused(contest):
    with override("en"), pytest.raises(Invalid, match="there are: commended, sponsors"):
        give(contest, award="fastest")
    assert not SpecialAward.objects.exists()


def test_an_entry_that_is_not_there_is_refused(contest):
    with override("en"), pytest.raises(Invalid, match="has no entry 1999-001"):
        give_special_award(
            contest=contest,
            award="commended",
            reference="1999-001",
            citation="",
            by=person_of(contest),
        )


@pytest.mark.parametrize("state", ["withdrawn", "ineligible"])
def test_an_entry_that_does_not_compete_is_refused(contest, state):
    from_state = {"withdrawn_from": "eligible"} if state == "withdrawn" else {}
    Submission.objects.filter(pk=entry(contest, 1).pk).update(state=state, **from_state)

    with override("en"), pytest.raises(Invalid, match="does not compete"):
        give(contest)
    assert not SpecialAward.objects.exists()


@pytest.mark.parametrize(
    ("entries", "chosen", "given"),
    [
        ("chosen", ["greenest"], True),
        ("chosen", [], False),
        ("all", [], True),  # every entry is in a nomination that nobody chooses
    ],
)
def test_an_award_of_a_nomination_is_for_its_entries_alone(entries, chosen, given):
    greenest = {"code": "greenest", "title": {"en": "Greenest"}, "weights": None}
    contest = ContestFactory(
        phase="deliberation",
        document=rulebook.template("lkbs")
        | {
            "nominations": [{**greenest, "entries": entries, "places": 1}],
            "special_awards": [{**AWARDS[0], "nomination": "greenest"}],
        },
    )
    CoordinatorFactory(contest=contest)
    SubmissionFactory(contest=contest, nominations=chosen)

    if given:
        give(contest)
    else:
        with override("en"), pytest.raises(Invalid, match="nomination “Greenest”"):
            give(contest)
    assert SpecialAward.objects.exists() is given


def test_one_award_more_than_the_rules_allow_is_refused(contest):
    give(contest, 1, "sponsors")

    with override("en"), pytest.raises(Conflict, match="1 times at most") as refused:
        give(contest, 2, "sponsors")
    assert entry(contest, 1).reference in str(refused.value.message)
    assert SpecialAward.objects.count() == 1


def test_an_award_of_an_entry_that_went_may_be_given_to_another(contest):
    give(contest, 1, "sponsors")
    withdraw(contest, 1)

    give(contest, 2, "sponsors")

    assert special_awards_of(contest) == {"sponsors": [entry(contest, 2).reference]}


def test_the_same_award_is_not_given_twice_to_one_entry(contest):
    give(contest)

    with override("en"), pytest.raises(Conflict, match="already, and it stands"):
        give(contest, citation="Kitaip.")
    assert SpecialAward.objects.get().citation == "Už drąsą."


def test_taking_back_needs_a_reason_and_leaves_it_in_the_record(contest):
    given = give(contest)

    with pytest.raises(Invalid):
        take_back(contest, given, reason="")
    take_back(contest, given)

    assert not SpecialAward.objects.exists()
    event = Event.objects.get(action="scoring.take_special_award_back")
    assert event.reason == "Apsirikta."


def test_what_is_taken_back_already_is_not_there(contest):
    given = give(contest)
    take_back(contest, given)

    with pytest.raises(NotYours):
        take_back(contest, given)


def test_a_member_of_the_panel_gives_none_but_its_chair_does(contest):
    member = JurorFactory(contest=contest).person
    chair = JurorFactory(contest=contest, role="chair").person

    with pytest.raises(NotYours):
        give(contest, by=member)
    give(contest, by=chair)


def test_none_is_given_or_taken_back_once_the_result_is_published(contest):
    given = give(contest)
    publish(contest)

    with pytest.raises(NotNow):
        give(contest, 2)
    with pytest.raises(NotNow):
        take_back(contest, given)


def test_a_result_without_special_awards_has_the_form_that_it_had(contest):
    """Results that were frozen before verify byte for byte."""
    assert "special_awards" not in json.loads("".join(result_of(contest).proof()))
    assert "special_awards" not in published()
    assert recompute(published()) == published()


def test_publishing_freezes_who_has_an_award_and_the_file_proves_it(contest):
    before = result_of(contest).digest
    give(contest, 2)
    give(contest, 1)
    publish(contest)

    frozen = FrozenResult.objects.filter(contest=contest)[0]
    written = json.loads(frozen.text)
    references = [entry(contest, number).reference for number in (1, 2)]
    assert written["special_awards"] == {"commended": references}
    assert digest(recompute(written)) == frozen.digest != before


@pytest.mark.parametrize(
    "forged", [{}, {"commended": ["entry-2"]}, {"other": ["entry-1"]}]
)
def test_a_forged_award_gives_another_digest(forged):
    made = published_with({"commended": ["entry-1"]})

    again = recompute({**made, "special_awards": forged})

    assert digest(again) != digest(made) == digest(recompute(made))


def published_with(special_awards):
    made = published()
    given = recompute({**made, "special_awards": special_awards})
    assert {**made, "special_awards": special_awards} == given
    return given


def test_an_empty_member_is_no_member():
    made = published()

    assert recompute({**made, "special_awards": {}}) == made


def test_a_file_whose_awards_are_no_lists_is_refused():
    with pytest.raises(ValueError, match="special_awards"):
        recompute({**published(), "special_awards": {"commended": "entry-1"}})


def test_awards_of_entries_that_went_are_not_published_and_told_before(contest):
    give(contest, 1)
    give(contest, 2)
    withdraw(contest, 1)

    (doubt,) = doubts_about(contest, ActKind.PUBLISH)
    assert (doubt.code, doubt.things) == (
        "lapsed_special_awards",
        (entry(contest, 1).reference,),
    )
    with pytest.raises(Conflict):
        publish(contest)
    publish(contest, confirmed=True)

    written = json.loads(FrozenResult.objects.filter(contest=contest)[0].text)
    assert written["special_awards"] == {"commended": [entry(contest, 2).reference]}


def test_awards_lapse_with_a_change_of_the_rules(contest):
    give(contest, 1)
    give(contest, 2)

    describe(contest, [{**AWARDS[0], "count": 1}])
    assert [each.lapse for each in given_in(contest)] == [None, Lapse.TOO_MANY]

    describe(contest, [AWARDS[1]])
    assert [each.lapse for each in given_in(contest)] == [Lapse.UNKNOWN] * 2
    assert special_awards_of(contest) == {}


def test_nothing_else_may_change_with_them(contest):
    with pytest.raises(Conflict) as refused:
        describe(contest, [], short_list=3)
    assert [error.field for error in refused.value.errors] == ["document.short_list"]
