"""A coordinator's pages: no barrier on a phone or a desk, acts done by hand."""

import pytest
from django.urls import reverse

from audit.services import record
from contest.rulebook import template
from mail.outcomes import ADDRESS_REFUSED, NOT_YET
from scoring.selectors import result_of
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, look, overflow
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    MessageFactory,
    ProposalFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)

PAGES = {
    "set-up": [
        *("scoring:dashboard", "scoring:announce", "contest:edition"),
        *("contest:reminders", "contest:logos"),
        *("contest:rulebook", "contest:sheet-preview"),
    ],
    "open": [
        *("scoring:dashboard", "contest:deadline", "submissions:drafts"),
        *("scoring:messages", "scoring:remind-entrants", "exports:rehearsal"),
    ],
    "eligibility": ["scoring:open-judging"],
    "judging": [
        *("scoring:dashboard", "scoring:close-judging"),
        *("contest:panel", "contest:people", "scoring:audit", "contest:weights"),
        *("scoring:messages", "scoring:remind-jurors"),
    ],
    "deliberation": [
        *("scoring:reopen-judging", "scoring:publication", "scoring:proposals"),
    ],
    "published": ["scoring:archive"],
}


def fill_outbox(contest):
    about = {"contest_id": contest.pk, "template": "scoring.sheets_wait"}
    refused = {"error": ADDRESS_REFUSED, "server_said": "550 5.1.1 No such user"}
    MessageFactory(undelivered=True, **about, **refused)
    MessageFactory(error=NOT_YET, attempts=2, **about)
    MessageFactory(sent=True, **about)


def fill(contest, phase):
    drafts = SubmissionFactory.create_batch(2, contest=contest, state="draft")
    RepresentativeFactory(organisation=drafts[0].organisation)
    AssignmentFactory(submission__contest=contest)
    fill_outbox(contest)
    if phase in {"judging", "deliberation"}:
        scored = dict.fromkeys((row.code for row in contest.criteria.all()), 8)
        assignment = AssignmentFactory(submission__contest=contest)
        SheetFactory(assignment=assignment, values=scored, sent=True)
    ProposalFactory(contest=contest)
    record("contest.change", contest, by=None, contest_id=contest.pk, label="2026")


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("phase", list(PAGES))
def test_pages_of_the_course_have_no_barrier(visit, phase, size):
    contest = ContestFactory(phase=phase)
    person = CoordinatorFactory(contest=contest).person
    fill(contest, phase)
    page = visit(person=person, size=size)

    found = []
    for name in PAGES[phase]:
        page.goto(reverse(name, args=[contest.slug]))
        look(page, f"{phase}-{name.replace(':', '-')}", size)
        found += barriers(page)
        assert overflow(page) <= 0, name

    assert found == []


def hidden_part(table):
    """How many pixels of a table one has to scroll for."""
    return table.evaluate("each => each.scrollWidth - each.clientWidth")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "en"), (DESK, "lt")], ids=["phone", "desk"]
)
def test_a_tie_is_decided_by_the_chair(visit, size, language):
    """By ten criteria: notes are seen all the same."""
    document = template("lkbs") | {"tie_breaks": ["chair"], "short_list": 1}
    first = document["criteria"][0]
    document["criteria"] += [first | {"code": f"more_{n}"} for n in range(6)]
    contest = ContestFactory(phase="deliberation", document=document)
    chair = JurorFactory(contest=contest, role="chair")
    for value in (8, 8, 3):
        scored = dict.fromkeys((row.code for row in contest.criteria.all()), value)
        assignment = AssignmentFactory(submission__contest=contest)
        SheetFactory(assignment=assignment, values=scored, sent=True)
    spread = AssignmentFactory(submission=assignment.submission)
    SheetFactory(assignment=spread, values=dict.fromkeys(scored, 10), sent=True)
    where = reverse("scoring:ranking", args=[contest.slug])
    page = visit(where, person=chair.person, size=size, language=language)

    look(page, "ranking-tied", size)
    found, wide = barriers(page), [overflow(page)]
    if size == DESK:
        wide.append(hidden_part(page.locator("div.scroll")))
    page.locator("a[href$='/tie/']").first.click()
    look(page, "tie", size)
    found, wide = found + barriers(page), [*wide, overflow(page)]
    page.locator("main form button").click()
    look(page, "tie-refused", size)
    found, wide = found + barriers(page), [*wide, overflow(page)]
    for select, place in zip(page.locator("main select").all(), "21", strict=True):
        select.select_option(place)
    page.locator("#id_reason").fill("Balsų dauguma.")
    page.locator("main form button").click()
    page.locator("table.ranking").wait_for()
    look(page, "ranking-decided", size)

    assert [row.shared for row in result_of(contest).ranking.lists[0].rows] == [
        False
    ] * 3
    assert found + barriers(page) == []
    assert max(wide) <= 0


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_rehearsal_is_made_and_deleted_by_hand(visit, size):
    contest = ContestFactory(phase="set-up")
    person = CoordinatorFactory(contest=contest).person
    where = reverse("exports:rehearsal", args=[contest.slug])
    page = visit(where, person=person, size=size, language="en")

    page.get_by_role("button", name="Make the rehearsal").click()
    page.get_by_text("Its letters come to you alone").wait_for()
    look(page, "rehearsal-dashboard", size)
    found = barriers(page)
    page.get_by_role("link", name="Play on or delete it").click()
    look(page, "rehearsal", size)
    found += barriers(page)
    assert overflow(page) <= 0
    page.get_by_role("button", name="Delete the rehearsal").click()
    page.get_by_text("The rehearsal is deleted.").wait_for()

    assert found == []


@pytest.mark.parametrize("javascript", [True, False])
def test_judging_is_closed_by_hand(visit, javascript):
    contest = ContestFactory(phase="judging")
    person = CoordinatorFactory(contest=contest).person
    page = visit(
        reverse("scoring:dashboard", args=[contest.slug]),
        person=person,
        javascript=javascript,
        language="en",
    )

    page.get_by_role("link", name="Close judging…").click()
    page.get_by_role("button", name="Close judging now").click()

    page.get_by_text("Judging is closed").wait_for()
    assert page.get_by_text("deliberation", exact=True).is_visible()


def test_the_menu_of_a_contest_is_open_without_javascript(visit):
    contest = ContestFactory(phase="open")
    person = CoordinatorFactory(contest=contest).person
    where = reverse("scoring:dashboard", args=[contest.slug])

    folded = visit(where, person=person)
    plain = visit(where, person=person, javascript=False)

    for page, is_open in ((folded, False), (plain, True)):
        link = page.locator("nav.contest a[aria-current=page]")
        assert link.is_visible() == is_open


def test_a_juror_is_invited_by_hand_and_the_code_told_once(visit):
    contest = ContestFactory(phase="open")
    person = CoordinatorFactory(contest=contest).person
    page = visit(
        reverse("contest:panel", args=[contest.slug]),
        person=person,
        language="en",
    )

    page.get_by_label("E-mail").fill("nauja@example.org")
    page.get_by_label("Role").select_option("chair")
    page.get_by_role("button", name="Invite").click()

    assert barriers(page) == []
    assert page.get_by_text("it is shown only now").is_visible()
    page.get_by_role("link", name="Go on").click()
    assert page.get_by_text("nauja@example.org").is_visible()
