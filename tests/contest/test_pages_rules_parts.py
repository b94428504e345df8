"""The parts of the rules on pages of their own: no form loses what it does not ask."""

import pytest
from django.db import transaction

from contest import rulebook
from contest.pages.rules_views import shaped
from contest.rulebook_problems import problems
from tests.contest.filling import paths, runs, typed, where
from tests.contest.rich import rich_rulebook
from tests.contest.siblings import SIBLINGS
from tests.factories import ContestFactory

pytestmark = pytest.mark.django_db

_ROWS = {"criteria": "criterion", "nominations": "nomination", "questions": "question"}
_ORDERED = ("criteria", "nominations", "requirements")
_WHOLE = (
    *("rulebook", "questions", "limits", "requirements", "places"),
    "special-award-rules",
)


def pages_of(contest):
    """Every page on which something of the rules is asked."""
    document = contest.rules_in_force.document
    rows = [
        where(page, contest, row["code"])
        for part, page in _ROWS.items()
        for row in document[part]
    ]
    orders = [where("order", contest, word) for word in _ORDERED]
    return [where(name, contest) for name in _WHOLE] + rows + orders


def document_of(name):
    if name == "rich":
        return rich_rulebook()
    return shaped(SIBLINGS[name]() if name in SIBLINGS else rulebook.template(name))


def again(shown, **changes):
    """The form of a page, sent as it was shown."""
    form = shown.context["form"]
    which = {
        name: getattr(form, name) for name in ("code", "part") if name in vars(form)
    }
    return type(form)(
        typed(shown, **changes), document=form.document, initial=form.initial, **which
    )


@pytest.mark.parametrize(
    "name",
    [
        *("rich", *rulebook.template_names()),
        *(pytest.param(each, marks=pytest.mark.slow) for each in SIBLINGS),
    ],
)
def test_rules_saved_as_they_were_shown_are_what_they_were(name):
    """Whatever rulebook, on whatever page: a form loses nothing, shown or not."""
    contest = ContestFactory(phase="set-up", document=document_of(name))
    browser = runs(contest)

    for page in pages_of(contest):
        shown = browser.get(page)
        form = again(shown)

        assert form.is_valid(), form.errors
        assert shaped(form.new_document()) == document_of(name), page


@pytest.mark.parametrize("name", ["rich", *rulebook.template_names()])
def test_weights_saved_as_they_were_shown_are_what_they_were(name):
    contest = ContestFactory(phase="judging", document=document_of(name))

    form = again(runs(contest).get(where("weights", contest)), reason="x")

    assert form.is_valid(), form.errors
    assert form.new_document() == document_of(name)


def test_the_rich_rulebook_contradicts_nothing():
    assert problems(rich_rulebook()) == []


CHANGES = [
    (
        ("criterion", "yield"),
        {"help_en": "Look", "words_lt": "0 – nėra\r\n5=viskas\r\n2,5 pusė"},
        {
            "criteria.yield.help.en": "Look",
            "criteria.yield.words.5": {"lt": "viskas"},
        },
    ),
    (
        ("criterion", "yield"),
        {"scale_minimum": "1", "scale_step": "1", "words_lt": "", "words_en": ""},
        {
            "criteria.yield.scale.minimum": "1",
            "criteria.yield.scale.step": "1",
            "criteria.yield.words.0": None,
            "criteria.yield.words.2.5": None,
        },
    ),
    (
        ("criterion", "beauty"),
        {"comment": "required", "required": "on"},
        {"criteria.beauty.comment": "required", "criteria.beauty.required": True},
    ),
    (
        ("criterion", "yield"),
        {"nominations": ["greenest"]},
        {"criteria.yield.nominations": ["greenest"]},
    ),
    (
        ("criterion", "beauty"),
        {"nominations": []},
        {"criteria.beauty.nominations": None},
    ),
    (
        ("nomination", "finest"),
        {
            "entries": "chosen",
            "panel": "eyes",
            "weight_yield": "0.5",
            "sponsor_en": "X",
        },
        {
            "nominations.finest.sponsor.en": "X",
            "nominations.finest.entries": "chosen",
            "nominations.finest.panel": "eyes",
            "nominations.finest.weights.yield": "0.5",
        },
    ),
    (
        ("nomination", "finest"),
        {"weight_beauty": ""},
        {"nominations.finest.weights": None},
    ),
    (
        ("limits",),
        {
            "entries_per_nomination": "1",
            "quota_by": "nomination",
            "bar_by_place": "1 – 7",
            "length_success": "700",
            "required_fields": [
                "title",
                "summary",
                "place",
                "links",
                "nominations",
            ],
        },
        {
            "limits.entries_per_nomination": 1,
            "limits.quota.by": "nomination",
            "limits.bar_winners.by_place.1": 7,
            "limits.bar_winners.by_place.2": None,
            "entry_form.limits.success": 700,
            "entry_form.required": [
                "title",
                "summary",
                "place",
                "links",
                "nominations",
            ],
        },
    ),
    (
        ("limits",),
        {
            "quota_by": "",
            "quota_count": "",
            "bar_editions": "",
            "bar_places": "",
            "bar_by_place": "",
        },
        {"limits.quota": None, "limits.bar_winners": None},
    ),
    (
        ("requirements",),
        {
            "requirement_done_lt": "",
            "requirement_new-1_lt": "Nauja.",
            "requirement_new-1_checked_by": "entrant",
        },
        {
            "eligibility.nauja": {
                "code": "nauja",
                "text": {"lt": "Nauja."},
                "checked_by": "entrant",
                "required": True,
            },
            "eligibility.done": None,
        },
    ),
    (
        ("places",),
        {"tie_1": "lot", "tie_2": "", "tie_3": "median", "minimum_score": ""},
        {"minimum_score": None, "tie_breaks": ["lot", "median"]},
    ),
    (
        ("places",),
        {
            "total": "90.5",
            "mapping": "maximum",
            "two_persons": False,
            "short_list": "",
            "places": "",
        },
        {
            "total": "90.5",
            "mapping": "maximum",
            "short_list": None,
            "places": None,
            "two_persons": False,
        },
    ),
]


def test_a_part_is_changed_and_nothing_else():
    """All on one edition, whose rules are rich again before each."""
    contest = ContestFactory(phase="set-up", document=rich_rulebook())
    browser = runs(contest)

    for name, changes, changed in CHANGES:
        page = where(name[0], contest, *name[1:])
        with transaction.atomic():
            answer = browser.post(page, typed(browser.get(page), **changes))
            assert answer.status_code == 302, answer.context["form"].errors
            assert paths(contest) == changed, name
            transaction.set_rollback(True)


REFUSED = [
    (("criterion", "yield"), {"scale_step": "3"}, "scale_minimum"),
    (("criterion", "yield"), {"words_en": "9 – too much"}, "words_lt"),
    (("criterion", "yield"), {"words_en": "much"}, "words_en"),
    (("criterion", "yield"), {"words_lt": "1 – a\n1,0 – b"}, "words_lt"),
    (("criterion", "yield"), {"words_lt": f"1 {'x' * 101}"}, "words_lt"),
    (("criterion", "beauty"), {"nominations": ["finest"]}, "nominations"),
    (("rulebook",), {"nominations_finest_en": ""}, "criteria_beauty_lt"),
    (("nomination", "finest"), {"weight_beauty": "0"}, "weight_yield"),
    (("nomination", "finest"), {"panel": "Žalieji!"}, "panel"),
    (("nomination", "greenest"), {"entries": "all"}, "__all__"),
    (("limits",), {"entries_per_organisation": "1"}, "entries_per_nomination"),
    (("limits",), {"quota_count": ""}, "quota_count"),
    (("limits",), {"bar_editions": ""}, "bar_editions"),
    (("limits",), {"bar_by_place": "4 – 1"}, "bar_by_place"),
    (("limits",), {"bar_by_place": "1 – daug"}, "bar_by_place"),
    (("limits",), {"length_title": "0"}, "length_title"),
    (("requirements",), {"requirement_done_lt": "x" * 1001}, "requirement_done_lt"),
    (("places",), {"tie_2": "top_marks"}, "tie_2"),
    (("places",), {"minimum_score": "61"}, "minimum_score"),
    (("places",), {"total": "0"}, "total"),
    (
        ("rulebook",),
        {"criteria_yield_lt": "", "criteria_yield_en": ""},
        "nominations_greenest_by",
    ),
    (("rulebook",), {"min_scores": "4"}, "min_scores"),
    (("rulebook",), {"collection_days_max": "2"}, "collection_days_max"),
    (("rulebook",), {"criteria_yield_weight": "0"}, "criteria_yield_lt"),
]


def test_what_the_rules_refuse_stands_beside_its_field():
    contest = ContestFactory(phase="set-up", document=rich_rulebook())
    browser, shown = runs(contest), {}

    for name, changes, field in REFUSED:
        page = where(name[0], contest, *name[1:])
        shown[name] = shown.get(name) or browser.get(page)
        answer = browser.post(
            page, typed(shown[name], reason="Typed before", **changes)
        )

        assert answer.status_code == 400, changes
        assert field in answer.context["form"].errors, changes
        assert "Typed before" in answer.content.decode()
    assert contest.rulebooks.count() == 1


def test_a_criterion_that_separates_equal_totals_is_not_taken_out_unseen():
    document = rulebook.template("commission_100")
    contest = ContestFactory(phase="set-up", document=document)
    browser, page = runs(contest), where("rulebook", contest)

    answer = browser.post(
        page,
        typed(browser.get(page), criteria_results_lt="", criteria_results_en=""),
        headers={"accept-language": "en"},
    )

    assert answer.status_code == 400
    assert "on the page “Places and decisions” first" in answer.content.decode()


def test_a_new_scale_keeps_the_words_of_the_points_that_it_has():
    contest = ContestFactory(phase="set-up")
    browser, page = runs(contest), where("rulebook", contest)

    browser.post(page, typed(browser.get(page), scale_maximum="5"))

    contest.refresh_from_db()
    for criterion in contest.rules_in_force.document["criteria"]:
        assert criterion["scale"]["maximum"] == "5"
        assert sorted(criterion["words"]) == ["1", "4"]


@pytest.mark.parametrize(
    "page", [("criterion", "nobody"), ("nomination", "yield")], ids=lambda page: page[0]
)
def test_a_row_that_the_rules_do_not_have_is_not_there(page):
    contest = ContestFactory(phase="set-up", document=rich_rulebook())

    answer = runs(contest).get(where(page[0], contest, *page[1:]))

    assert answer.status_code == 404


def test_in_judging_every_part_is_shown_and_not_asked():
    contest = ContestFactory(phase="judging", document=rich_rulebook())
    browser = runs(contest)

    for page in pages_of(contest)[1:]:
        assert "<button>" not in browser.get(page).content.decode()
        assert browser.post(page, {"version": "1"}).status_code == 403


def test_every_part_costs_the_same(django_assert_num_queries):
    contest = ContestFactory(phase="set-up", document=rich_rulebook())
    browser = runs(contest)

    for page in pages_of(contest)[1:]:
        with django_assert_num_queries(5):
            browser.get(page)
