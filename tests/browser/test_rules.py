"""The rules by hand: own questions without a script, and no barrier on any part."""

import pytest
from django.urls import reverse

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.browser.test_coordinating import look
from tests.contest.rich import rich_rulebook
from tests.factories import ContestFactory, CoordinatorFactory, OrganiserMemberFactory

_PAGES = {
    "questions": ("contest:questions",),
    "new-question": ("contest:new-question",),
    "question": ("contest:question", "crops"),
    "criterion": ("contest:criterion", "yield"),
    "nomination": ("contest:nomination", "greenest"),
    "limits": ("contest:limits",),
    "requirements": ("contest:requirements",),
    "places": ("contest:places",),
    "special-awards": ("contest:special-award-rules",),
    "form": ("submissions:form-preview",),
}


def edition(phase="set-up", **fields):
    contest = ContestFactory(phase=phase, document=rich_rulebook(), **fields)
    return contest, CoordinatorFactory(contest=contest).person


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("phase", ["open", "judging"])
def test_parts_of_the_rules_have_no_barrier(visit, phase, size):
    contest, person = edition(phase, last_reference=4)
    page = visit(person=person, size=size)

    found = []
    for name, (route, *words) in _PAGES.items():
        page.goto(reverse(route, args=[contest.slug, *words]))
        look(page, f"{phase}-{name}", size)
        found += barriers(page)
        assert overflow(page) <= 0, name

    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_stands_before_an_edition_has_no_barrier(visit, size):
    contest, _coordinator = edition()
    organiser = contest.series.organiser
    member = OrganiserMemberFactory(organiser=organiser).person
    page = visit(person=member, size=size)
    of = [organiser.slug]

    found = []
    for route, words in (
        *(
            ("contest:new", []),
            ("contest:new-series", []),
            ("contest:clone", [contest.slug]),
        ),
        *(("contest:organiser-details", of), ("contest:add-member", of)),
        ("contest:rulebook", [contest.slug]),
        *(
            ("contest:order", [contest.slug, part])
            for part in ("criteria", "nominations")
        ),
        ("gallery:privacy", []),
    ):
        page.goto(reverse(route, args=words))
        look(page, route.replace(":", "-"), size)
        found += barriers(page)
        assert overflow(page) <= 0, route

    assert found == []


def test_a_question_is_made_moved_and_saved_without_a_script(visit):
    contest, person = edition()
    page = visit(
        reverse("contest:questions", args=[contest.slug]),
        person=person,
        javascript=False,
        language="en",
    )

    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question – L").fill("Kokia žemė?")
    page.get_by_label("Kind of answer").select_option("choice")
    page.get_by_role("button", name="Save as a new version").click()
    look(page, "refused", PHONE)
    refused = page.get_by_text("Give the choices of this question.").count()
    page.get_by_label("Choice 1 – L").fill("Smėlis")
    page.get_by_label("Choice 2 – L").fill("Molis")
    page.get_by_label("Finished?: yes").check()
    page.get_by_role("button", name="See it first").click()
    look(page, "looked", PHONE)
    page.get_by_label("Molis").wait_for()
    page.get_by_role("button", name="Save as a new version").click()
    page.get_by_role("button", name="Move “Kokia žemė?” up").click()
    page.get_by_text("This order is not saved yet.").wait_for()
    look(page, "moved", PHONE)
    page.get_by_role("button", name="Save as a new version").click()

    page.get_by_text("Saved.").wait_for()
    contest.refresh_from_db()
    codes = [row["code"] for row in contest.rules_in_force.document["questions"]]
    assert refused == 2  # at the top and beside the field
    assert codes[-2:] == ["kokia_zeme", "story"]
    assert contest.rules_in_force.number == 3
