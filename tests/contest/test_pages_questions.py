"""Own questions by hand: added, changed, moved, taken out, and looked at first."""

import pytest
from django.urls import reverse

from contest import answers
from contest.rulemaking import change_rulebook
from tests.contest.filling import runs, typed, where
from tests.contest.rich import rich_rulebook
from tests.factories import ContestFactory, CoordinatorFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

CODES = ["finished", "crop", "crops", "hectares", "sown_on", "story"]


@pytest.fixture
def contest():
    return ContestFactory(phase="set-up", document=rich_rulebook())


@pytest.fixture
def browser(contest):
    return runs(contest)


def in_force(contest):
    contest.refresh_from_db()
    return contest.rules_in_force.document["questions"]


def codes(contest):
    return [question["code"] for question in in_force(contest)]


def test_a_question_with_choices_is_added_at_the_end(contest, browser):
    shown = browser.get(where("new-question", contest))

    answer = browser.post(
        where("new-question", contest),
        typed(
            shown,
            title_lt="Kokia žemė?",
            title_en="Which soil?",
            help_lt="Pagal žemėlapį.",
            kind="choice",
            required="on",
            group="project",
            choice_1_lt="Smėlis",
            choice_2_lt="Molis",
            choice_2_en="Clay",
            when=["finished=yes"],
            reason="Komisija paprašė",
        ),
    )

    assert answer["Location"] == where("questions", contest)
    assert codes(contest) == [*CODES, "kokia_zeme"]
    made = in_force(contest)[-1]
    assert made == {
        "code": "kokia_zeme",
        "title": {"lt": "Kokia žemė?", "en": "Which soil?"},
        "help": {"lt": "Pagal žemėlapį."},
        "kind": "choice",
        "group": "project",
        "required": True,
        "max_length": 2000,
        "minimum": None,
        "maximum": None,
        "choices": [
            {"code": "smelis", "title": {"lt": "Smėlis"}},
            {"code": "molis", "title": {"lt": "Molis", "en": "Clay"}},
        ],
        "min_choices": None,
        "max_choices": None,
        "when": {"question": "finished", "is": ["yes"]},
    }
    assert contest.rules_in_force.reason == "Komisija paprašė"


KINDS = {
    "text": {"max_length": "100"},
    "long_text": {"max_length": "9000"},
    "whole_number": {"minimum": "1", "maximum": "1 200"},
    "number": {"minimum": "0,5"},
    "money": {"maximum": "18 407,00"},
    "date": {"minimum": "2020-01-01"},
    "yes_no": {},
    "choice": {"choice_1_lt": "a", "choice_2_lt": "b"},
    "choices": {"choice_1_lt": "a", "choice_2_lt": "b", "max_choices": "1"},
    "link": {},
    "email": {},
    "phone": {},
    "file": {},
}


def test_a_question_of_any_kind_is_seen_first_and_then_made(contest, browser):
    page = where("new-question", contest)
    shown = browser.get(page)

    assert set(KINDS) == set(answers.KINDS)
    for number, (kind, more) in enumerate(KINDS.items(), start=1):
        body = typed(shown, version=number, title_lt="Kas tai?", kind=kind, **more)
        looked = browser.post(page, body | {"look": "1"})
        versions = contest.rulebooks.count()
        saved = browser.post(page, body)

        assert looked.status_code == 200
        assert [field.label for field in looked.context["look"]] == ["Kas tai?"]
        assert versions == number
        assert saved.status_code == 302
        assert in_force(contest)[-1]["kind"] == kind


def test_a_choice_is_renamed_one_taken_out_and_one_added(contest, browser):
    page = where("question", contest, "crops")
    shown = browser.get(page)

    browser.post(
        page,
        typed(
            shown,
            choice_1_lt="Rugys",
            choice_2_lt="",
            choice_4_lt="Miežiai",
        ),
    )

    made = {row["code"]: row["title"] for row in in_force(contest)[2]["choices"]}
    assert made == {
        "rye": {"lt": "Rugys", "en": "Rye"},
        "other": {"en": "Another one"},
        "mieziai": {"lt": "Miežiai"},
    }


def test_a_condition_is_taken_away_and_changed(contest, browser):
    page = where("question", contest, "crops")

    browser.post(page, typed(browser.get(page), when=["crop=rye"]))
    changed = in_force(contest)[2]["when"]
    browser.post(page, typed(browser.get(page), when=[]))

    assert changed == {"question": "crop", "is": ["rye"]}
    assert in_force(contest)[2]["when"] is None


def test_a_question_waits_for_earlier_ones_and_nominations_to_choose(contest, browser):
    shown = browser.get(where("question", contest, "crops"))

    offered = [value for value, _label in shown.context["form"].fields["when"].choices]

    assert offered == [
        "nominations=greenest",
        *("finished=yes", "finished=no"),
        *("crop=rye", "crop=oats", "crop=other"),
    ]


REFUSED = [
    ("finished", {"choice_1_lt": "a"}, "choice_1_lt"),
    ("finished", {"min_choices": "2"}, "min_choices"),
    ("finished", {"minimum": "2"}, "minimum"),
    ("crop", {"kind": "text"}, "choice_1_lt"),
    ("crop", {"when": ["finished=no", "nominations=greenest"]}, "when"),
    ("crops", {"min_choices": "3"}, "min_choices"),
    ("hectares", {"minimum": "daug"}, "minimum"),
    ("hectares", {"maximum": "0,1"}, "maximum"),
    ("sown_on", {"maximum": "2019-01-01"}, "maximum"),
    ("story", {"max_length": "100000"}, "max_length"),
    ("finished", {"title_lt": ""}, "title_lt"),
    ("crop", {"title_en": "x" * 301}, "title_en"),
]


def test_what_the_rules_refuse_stands_beside_its_field(contest, browser):
    shown = {}

    for code, changes, field in REFUSED:
        page = where("question", contest, code)
        shown[code] = shown.get(code) or browser.get(page)
        answer = browser.post(
            page, typed(shown[code], help_en="Typed before", **changes)
        )

        assert answer.status_code == 400, changes
        assert list(answer.context["form"].errors) == [field], changes
        assert "Typed before" in answer.content.decode()
    assert contest.rulebooks.count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"kind": "text"}, {"choice_1_lt": "", "choice_1_en": ""}],
    ids=["no-choice-any-more", "answer-gone"],
)
def test_who_waits_for_an_answer_is_named_by_its_title(contest, browser, changes):
    gone = {f"choice_{n}_{lang}": "" for n in (1, 2, 3) for lang in ("lt", "en")}
    changes = {**gone, **changes} if "kind" in changes else changes
    page = where("question", contest, "crop")

    answer = browser.post(
        page,
        typed(browser.get(page), **changes),
        headers={"accept-language": "en"},
    )

    assert answer.status_code == 400
    assert "“Kas dar?”" in answer.content.decode()


def test_questions_are_moved_and_taken_out_and_saved_at_once(contest, browser):
    page = where("questions", contest)
    shown = browser.get(page)

    moved = browser.post(page, typed(shown) | {"up": "story"})
    out = browser.post(page, typed(moved) | {"out": "sown_on"})
    unsaved = contest.rulebooks.count()
    saved = browser.post(page, typed(out))

    assert moved.context["form"].codes == [*CODES[:4], "story", "sown_on"]
    assert [row["code"] for row in out.context["form"].left_out()] == ["sown_on"]
    assert unsaved == 1
    assert saved.status_code == 302
    assert codes(contest) == [*CODES[:4], "story"]


def test_what_was_taken_out_is_put_back_and_nothing_is_left_to_save(contest, browser):
    page = where("questions", contest)

    out = browser.post(page, typed(browser.get(page)) | {"out": "story"})
    back = browser.post(page, typed(out) | {"back": "story"})
    saved = browser.post(page, typed(back))

    assert back.context["form"].codes == CODES
    assert saved.status_code == 409


def test_a_question_cannot_stand_before_the_one_it_waits_for(contest, browser):
    page = where("questions", contest)

    moved = browser.post(page, typed(browser.get(page)) | {"up": "crop"})
    saved = browser.post(page, typed(moved), headers={"accept-language": "en"})

    assert saved.status_code == 400
    assert "“Kas auginama?” is asked by the answer" in saved.content.decode()
    assert codes(contest) == CODES


@pytest.mark.parametrize("order", ["story story nobody finished", "", "\x00"])
def test_an_order_that_nobody_was_shown_breaks_nothing(contest, browser, order):
    page = where("questions", contest)

    answer = browser.post(page, typed(browser.get(page), order=order))

    assert answer.status_code in {302, 400}
    assert set(codes(contest)) <= set(CODES)


def test_who_was_slower_loses_nothing(contest):
    person = CoordinatorFactory(contest=contest).person
    browser, page = browser_of(person), where("question", contest, "story")
    shown = browser.get(page)
    change_rulebook(
        contest=contest,
        document=rich_rulebook() | {"min_scores": 3},
        reason="",
        expected_version=1,
        by=person,
    )

    late = browser.post(page, typed(shown, title_en="My story"))
    again = browser.post(page, typed(late))

    assert late.status_code == 412
    assert ("The story", "My story") in [
        (now, mine) for _label, now, mine in late.context["form"].stored
    ]
    assert again.status_code == 302
    assert in_force(contest)[-1]["title"] == {"en": "My story"}
    assert contest.rules_in_force.document["min_scores"] == 3


def test_an_order_takes_out_no_question_that_came_in_between(contest):
    person = CoordinatorFactory(contest=contest).person
    browser, page = browser_of(person), where("questions", contest)
    moved = browser.post(page, typed(browser.get(page)) | {"up": "story"})
    document = rich_rulebook()
    document["questions"].append(document["questions"][-1] | {"code": "more"})
    change_rulebook(
        contest=contest, document=document, reason="", expected_version=1, by=person
    )

    late = browser.post(page, typed(moved))
    again = browser.post(page, typed(late))

    assert late.status_code == 412
    assert "Kiek hektarų?" in late.context["form"].stored[0][1]
    assert again.status_code == 302
    assert codes(contest) == [*CODES[:4], "story", "sown_on", "more"]


@pytest.mark.parametrize(("sent", "is_told"), [(0, False), (3, True)])
def test_a_new_version_of_the_form_is_announced_before_it_is_made(sent, is_told):
    contest = ContestFactory(
        phase="open", document=rich_rulebook(), last_reference=sent
    )

    page = runs(contest).get(
        where("question", contest, "crop"), headers={"accept-language": "en"}
    )

    assert ("Entries were sent already." in page.content.decode()) == is_told


def test_in_judging_questions_are_shown_and_not_asked():
    contest = ContestFactory(phase="judging", document=rich_rulebook())
    browser = runs(contest)

    for page in (where("questions", contest), where("question", contest, "crop")):
        shown = browser.get(page).content.decode()
        assert "<button>" not in shown
        assert browser.post(page, {"version": "1"}).status_code == 403


def test_an_unknown_question_is_not_there(contest, browser):
    assert browser.get(where("question", contest, "nobody")).status_code == 404


def test_the_form_is_shown_with_every_question_and_its_condition(contest, browser):
    page = browser.get(
        reverse("submissions:form-preview", args=[contest.slug]),
        headers={"accept-language": "lt"},
    ).content.decode()

    for title in ("Baigtas?", "Kas auginama?", "Kiek hektarų?", "The story"):
        assert title in page
    assert "Baigtas?: taip" in page
    assert "Nominacijos: Žaliausias" in page
    assert "<button>" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_questions_cost_as_much_in_any_number(count, django_assert_num_queries):
    document = rich_rulebook()
    document["questions"] = document["questions"][:count]
    contest = ContestFactory(phase="set-up", document=document)
    browser = runs(contest)

    with django_assert_num_queries(5):
        browser.get(where("questions", contest))
