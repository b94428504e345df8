"""What comes out on paper, where browsers leave out every background."""

import pytest
from django.urls import reverse

from tests.browser.conftest import DESK
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SheetFactory,
)

CODES = ("innovation", "success", "social_responsibility", "originality")
MARK = '(box) => getComputedStyle(box, "::before").content'
SEEN = """(selector) => [...document.querySelectorAll(selector)].filter(
    (one) => one.checkVisibility()).map((one) => one.outerHTML)"""


def style(place, name):
    return place.evaluate(f"(box) => getComputedStyle(box).{name}")


def print_of(page, path):
    page.goto(path)
    page.emulate_media(media="print")
    return page


def test_a_sheet_on_paper_tells_the_chosen_value_from_the_others(visit):
    juror = JurorFactory(contest=ContestFactory(phase="judging"))
    pair = AssignmentFactory(juror=juror, submission__contest=juror.contest)
    SheetFactory(assignment=pair, values=dict.fromkeys(CODES, 7))
    where = f"/judging/{juror.contest.slug}/{pair.pk}/"

    page = print_of(visit(person=juror.person, size=DESK), where)

    box = page.locator(".scale").first
    chosen = box.locator("label:has(:checked)")
    other = box.locator("label:not(:has(:checked))").first
    assert chosen.inner_text().startswith("7")
    assert (chosen.evaluate(MARK), other.evaluate(MARK)) == ('"✓"', "none")
    assert style(chosen, "color") == "rgb(0, 0, 0)"
    assert style(chosen, "borderTopWidth") != style(other, "borderTopWidth")
    assert style(page.locator(".criteria"), "overflowY") == "visible"
    assert page.evaluate(SEEN, "nav, button, .own, .conflict") == []


@pytest.mark.slow
def test_ranking_list_and_entry_on_paper_are_whole_and_bare(visit):
    contest = ContestFactory(phase="judging")
    coordinator = CoordinatorFactory(contest=contest).person
    pair = AssignmentFactory(submission__contest=contest)
    SheetFactory(assignment=pair, sent=True, values=dict.fromkeys(CODES, 7))
    owner = RepresentativeFactory(organisation=pair.submission.organisation)
    page = visit(person=coordinator, size=DESK)

    for name in ("scoring:ranking", "submissions:manage-entries"):
        print_of(page, reverse(name, args=[contest.slug]))
        assert style(page.locator(".scroll"), "overflowX") == "visible", name
        assert page.evaluate(SEEN, "nav:not(.tabs), button, .tick, .filters") == []
        assert page.locator("tbody tr").count() == 1
    page = visit(person=owner.person, size=DESK)
    print_of(page, reverse("submissions:entry-print", args=[pair.submission.pk]))
    assert page.evaluate(SEEN, "nav, button, .breadcrumbs") == []
    assert page.locator("main dt").first.is_visible()
    assert style(page.locator("main"), "maxWidth") == "none"
