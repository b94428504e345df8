"""A juror's evening at home: a tablet or a phone, with and without JavaScript."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from mail.runner import send_due
from scoring.models import Score, Sheet
from scoring.services import Mark, save_marks
from submissions.jury import declaration_text, sign_declaration
from submissions.models import Attachment
from tests.browser.conftest import DESK, PHONE, sign_in_cookie
from tests.browser.looking import barriers, look, overflow
from tests.factories import (
    ActFactory,
    AssignmentFactory,
    AttachmentFactory,
    ContestFactory,
    JurorExtensionFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)

TABLET = {"width": 1024, "height": 768}
CODES = ("innovation", "success", "social_responsibility", "originality")
ALL = dict.fromkeys(CODES, 7)


@pytest.fixture
def juror():
    """A juror who has signed, with three entries; one is scored, with a photo."""
    juror = JurorFactory(contest=ContestFactory())
    for values in (ALL, {}, {}):
        assignment = given(juror)
        AttachmentFactory(submission=assignment.submission)
        if values:
            SheetFactory(assignment=assignment, values=values)
    signed = declaration_text().version
    sign_declaration(
        contest=juror.contest, signed_by="Ona", text_version=signed, by=juror.person
    )
    return juror


def given(juror):
    entry = SubmissionFactory(contest=juror.contest)
    return AssignmentFactory(submission=entry, juror=juror)


def open_one(juror):
    return juror.assignments.filter(sheet__isnull=True).first()


def address(assignment):
    return f"/judging/{assignment.submission.contest.slug}/{assignment.pk}/"


def criterion(page, code):
    return page.locator(f'[data-criterion="{code}"]')


def choose(page, code, value):
    box = criterion(page, code)
    box.locator(f'label:has(input[value="{value}"])').click(no_wait_after=True)
    return box.locator("[data-state]")


def stored(assignment):
    rows = Score.objects.filter(sheet=assignment.pk)
    return dict(rows.values_list("criterion__code", "steps"))


@pytest.mark.parametrize(
    ("size", "language", "javascript"),
    [
        (TABLET, "lt", True),
        (PHONE, "en", False),
        pytest.param(PHONE, "lt", True, marks=pytest.mark.slow),
        pytest.param(DESK, "en", True, marks=pytest.mark.slow),
        pytest.param(TABLET, "lt", False, marks=pytest.mark.slow),
    ],
)
def test_an_evening(visit, juror, size, language, javascript):
    page = visit(
        f"/judging/{juror.contest.slug}/",
        person=juror.person,
        size=size,
        language=language,
        javascript=javascript,
    )
    following, send = (
        ("Įrašyti ir prie kitos", "Siųsti 3 užpildytus lapus")
        if language == "lt"
        else ("Save, next entry", "Send 3 complete sheets")
    )
    page.locator("main a.button").first.click()
    for left in (True, False):
        for code in CODES:
            choose(page, code, 9)
        if not left:
            following = "Įrašyti" if language == "lt" else "Save"
        with page.expect_navigation():
            page.get_by_role("button", name=following, exact=True).click()
    page.goto(f"/judging/{juror.contest.slug}/send/")
    with page.expect_navigation():
        page.get_by_role("button", name=send).click()

    assert Sheet.objects.filter(state="sent").count() == 3
    assert page.locator("progress").get_attribute("value") == "3"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_barrier_on_any_page_of_a_juror(visit, juror, size):
    sent = SheetFactory(assignment=given(juror), values=ALL, sent=True).assignment
    where = f"/judging/{juror.contest.slug}/"
    back = SheetFactory(
        assignment=given(juror), reopened_reason="Neaišku, kodėl tiek."
    ).assignment
    page = visit(where, person=juror.person, size=size)
    draft = open_one(juror)
    found = []
    for path in (
        *(where, f"{where}?state=sent", f"{where}send/", f"{where}declaration/"),
        *(f"{where}conflicts/?entry={draft.submission_id}", address(draft)),
        *(address(sent), address(back), f"{address(draft)}conflict/"),
        f"{where}?q=bendruomen",
    ):
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert overflow(page) <= 0, path
        look(page, path.strip("/").replace("/", "-")[-40:], size)
        found += barriers(page)

    assert found == []


def test_the_entry_stands_left_of_its_criteria_on_a_tablet(visit, juror):
    page = visit(address(open_one(juror)), person=juror.person, size=TABLET)

    entry = page.locator("article.entry").bounding_box()
    criteria = page.locator("#criteria").bounding_box()
    page.set_viewport_size(PHONE)
    below = page.locator("#criteria").bounding_box()

    assert entry["x"] + entry["width"] <= criteria["x"]
    assert abs(entry["y"] - criteria["y"]) < 50
    assert below["y"] > page.locator("article.entry").bounding_box()["y"] + 100


@pytest.mark.slow
def test_a_photo_opens_beside_the_sheet_and_a_document_is_downloaded(visit, juror):
    assignment = open_one(juror)
    plan = AttachmentFactory(
        submission=assignment.submission, kind="document", name="Planas.pdf"
    )
    Attachment.objects.filter(pk=plan.pk).update(
        preview_name="", width=None, height=None, content_type="application/pdf"
    )
    page = visit(address(assignment), person=juror.person, size=TABLET)

    page.locator(".files summary").first.click()
    large = page.locator(".files details[open] > img").first
    expect(large).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('details[open] > img').naturalWidth"
    )
    with page.expect_download() as saving:
        page.get_by_role("link", name="Atsisiųsti Planas.pdf").click()

    assert saving.value.suggested_filename == "Planas.pdf"
    assert page.url.endswith(address(assignment))
    assert len(page.context.pages) == 1
    assert barriers(page) == []


def test_each_touch_is_saved_and_says_when(visit, juror):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person, size=TABLET)

    expect(choose(page, "innovation", 8)).to_have_text(re.compile(r"Įrašyta \d\d:\d\d"))
    page.locator("#id_success-comment").fill("Gerai")
    page.locator("#id_whole-entrant").fill("Ačiū")
    expect(page.locator("[data-remarks] [data-state]")).to_contain_text("Įrašyta")
    expect(criterion(page, "success").locator("[data-state]")).to_contain_text(
        "Įrašyta"
    )
    page.reload()

    assert stored(assignment) == {"innovation": 7, "success": None}
    assert page.locator("#id_success-comment").input_value() == "Gerai"
    assert page.locator("#id_whole-entrant").input_value() == "Ačiū"


def test_a_sheet_is_scored_by_keyboard_alone(visit, juror):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person, size=TABLET)
    page.locator('input[name="innovation-value"]:checked').focus()

    for key in ("9", "Enter", "0", "Enter", "3", "Delete", "4", "Enter", "5"):
        page.keyboard.press(key)
    for code in CODES:
        state = criterion(page, code).locator("[data-state]")
        expect(state).to_contain_text("Įrašyta")
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.getAttribute('name')")

    assert stored(assignment) == dict(zip(CODES, (8, 9, 3, 4), strict=True))
    assert focused == "do"


def test_a_score_from_a_second_window_is_shown_beside(visit, juror):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person, language="en")
    mark = Mark("innovation", 3, None, 0)
    save_marks(assignment_id=assignment.pk, marks=[mark], by=juror.person)

    state = choose(page, "innovation", 9)
    expect(state).to_contain_text("Saved there: 3. Yours: 9.")
    assert barriers(page) == []
    assert stored(assignment) == {"innovation": 2}
    state.get_by_role("button", name="Keep mine").click()
    expect(state).to_contain_text("Saved")

    assert stored(assignment) == {"innovation": 8}


def test_a_broken_line_loses_nothing_and_is_told(visit, juror):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person)
    page.route("**/api/**", lambda route: route.abort("connectionreset"))

    state = choose(page, "success", 6)
    expect(state).to_contain_text("nutrūko ryšys")
    assert stored(assignment) == {}
    page.unroute("**/api/**")
    expect(state).to_contain_text("Įrašyta")

    assert stored(assignment) == {"success": 5}


def test_a_score_that_came_late_is_told_and_saved_once_there_is_time(visit, juror):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person)
    ActFactory(contest=juror.contest, kind="close_judging")

    state = choose(page, "success", 6)
    expect(state).to_contain_text("Vertinimas baigtas")
    with page.expect_navigation():
        page.get_by_role("button", name="Įrašyti", exact=True).click()
    expect(page.locator("#problems")).to_contain_text("Tai neįrašyta")
    expect(criterion(page, "success").locator("[data-state]")).to_contain_text(
        "Vertinimas baigtas"
    )
    assert stored(assignment) == {}
    JurorExtensionFactory(juror=juror)
    with page.expect_navigation():
        page.get_by_role("button", name="Įrašyti", exact=True).click()

    expect(page.locator(".messages")).to_be_visible()
    assert stored(assignment) == {"success": 5}


def test_an_ended_sign_in_keeps_the_score_until_the_next_one(visit, juror, live_server):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person)
    page.context.clear_cookies(name="sessionid")

    state = choose(page, "success", 6)
    expect(state).to_contain_text("prisijungimas baigėsi")
    page.context.add_cookies([sign_in_cookie(live_server, juror.person)])
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(state).to_contain_text("Įrašyta")

    assert stored(assignment) == {"success": 5}


def test_without_a_script_an_ended_sign_in_brings_the_sheet_back(visit, juror):
    assignment = open_one(juror)
    page = visit(address(assignment), person=juror.person, javascript=False)
    choose(page, "success", 6)
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Įrašyti", exact=True).click()
    page.get_by_label("Jūsų el. pašto adresas").fill(juror.person.email)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_label("Kodas", exact=True).wait_for()
    send_due()
    code = re.search(r"\d{6}", mail.outbox[-1].subject).group()
    page.get_by_label("Kodas", exact=True).fill(code)
    page.get_by_role("main").get_by_role("button", name="Prisijungti").click()

    kept = criterion(page, "success").locator("input:checked")
    assert kept.get_attribute("value") == "6"
    assert stored(assignment) == {}
    page.get_by_role("button", name="Įrašyti", exact=True).click()
    page.locator(".messages").wait_for()
    assert stored(assignment) == {"success": 5}


def test_what_was_chosen_before_the_script_came_is_saved(visit, juror):
    """A slow line: the page is there, its script is not yet."""
    page = visit(f"/judging/{juror.contest.slug}/", person=juror.person, size=PHONE)
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/sheet.js", hold)
    page.locator("main a.button").first.click(no_wait_after=True)
    page.locator("form.sheet").wait_for()

    state = choose(page, CODES[0], 9)
    page.wait_for_timeout(200)
    waiting[0].continue_()

    expect(state).to_contain_text("Įrašyta")
