"""Ways through an entry: by keyboard alone, back and forth, past an ended sign-in."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import sign_in_cookie
from tests.browser.entering import WORDS, at, begun, leave, sign_in, stored
from tests.factories import RepresentativeFactory
from tests.factories.pictures import picture

LIMIT = 600
TABS = 80  # more stops no page has
SAVED = re.compile(r"^Įrašyta \d")
# As people paste it: two code points for one letter, breaks of Windows, a family of
# five code points, spaces that are cut off.
PASTED = ["Nauje\u0307", "viena\r\ndvi\r\n\r\ntrys", "🎉 👩‍👩‍👧", "  trumpa \u00a0\n"]


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def entry(owner):
    return begun(owner, summary=LIMIT)


def tab_to(page, selector):
    """Press Tab until the focus is there."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(at) => document.activeElement.matches(at)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}.")


def type_in(page, selector, text):
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_an_entry_is_filled_in_and_sent_by_keyboard_alone(visit, owner, entry):
    page = visit(at(entry, "money/"), person=owner.person)
    page.on(
        "filechooser", lambda _asked: None
    )  # listened for from the start: Enter may be quicker

    type_in(page, "#id_total", "18407")
    tab_to(page, "[name=with_vat]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button[value=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements/")
    page.goto(at(entry, "files/"))
    tab_to(page, "#id_file")
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Enter")
    photo = {"name": "talka.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    asked.value.set_files(photo)
    tab_to(page, "[data-upload] button")
    page.keyboard.press("Enter")
    page.locator("[data-uploads] li", has_text="pridėta").wait_for()
    expect(page.locator("[data-uploads] progress")).to_have_js_property("value", 100)
    tab_to(page, "a[href$='/send/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/send/")
    tab_to(page, "[name='consents.processing']")
    page.keyboard.press("Space")
    type_in(page, "#id_signed_by", "Rūta Rūtaitė")
    type_in(page, "#id_signed_role", "pirmininkė")
    page.keyboard.press("Enter")

    page.wait_for_url("**/receipt/")
    sent = stored(entry)
    assert (sent.state, sent.total, sent.with_vat) == ("submitted", 18407, False)
    assert sent.attachments.count() == 1


@pytest.mark.slow
def test_back_and_refresh_neither_lose_nor_repeat_anything(visit, owner, entry):
    """After a save while typing, after a collision, after sending."""
    page, other = (visit(at(entry, "project/"), person=owner.person) for _ in range(2))
    leave(page, "#id_place", "Pirmas")
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    page.reload()
    page.locator("button[value=next]").click()
    page.wait_for_url("**/money/")
    page.go_back()
    leave(page, "#id_place", "Antras")
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    assert stored(entry).place == "Antras"

    other.locator("#id_place").fill("Kitas")
    other.locator("button[value=next]").click()
    choice = other.get_by_label("Imti tai, kas jau įrašyta")
    choice.wait_for()
    other.reload()
    choice.wait_for()
    other.goto(at(entry, "project/"))
    expect(other.locator("#id_place")).to_have_value("Kitas")
    assert stored(entry).place == "Antras"

    page.goto(at(entry, "send/"))
    for _ in range(2):
        page.locator("[id='id_consents.processing']").check()
        page.locator("#id_signed_by").fill("Rūta Rūtaitė")
        page.locator("#id_signed_role").fill("pirmininkė")
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_load_state()
        page.reload()
        page.go_back()
        page.wait_for_url("**/send/")
    assert stored(entry).versions.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("javascript", [True, False])
def test_an_ended_sign_in_brings_the_page_back(javascript, visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person, javascript=javascript)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.locator("#id_place").fill("Žąsinai")
    page.locator("button[value=next]").click()
    sign_in(page, WORDS["lt"], owner.person.email)
    page.wait_for_url("**/project/")

    expect(page.locator("#id_place")).to_have_value("Žąsinai")
    assert stored(entry).place == ""
    page.locator("button[value=next]").click()
    page.wait_for_url("**/money/")
    assert stored(entry).place == "Žąsinai"


def test_signed_in_again_in_another_window_the_first_goes_on(
    visit, owner, entry, live_server
):
    page = visit(at(entry, "project/"), person=owner.person)
    page.context.clear_cookies()
    page.locator("#id_place").fill("Žąsinai")
    page.locator("#id_place").blur()
    link = page.get_by_role("link", name="Prisijungti kitame lange")
    expect(link).to_be_in_viewport()
    expect(link).to_be_focused()
    expect(page.locator("#id_place")).to_have_value("Žąsinai")
    assert stored(entry).place == ""

    page.context.add_cookies([sign_in_cookie(live_server, owner.person)])
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-status]")).to_have_text(re.compile("^(Įrašyta|Saved) "))
    assert stored(entry).place == "Žąsinai"


@pytest.mark.slow
def test_the_counter_counts_as_the_server_does(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    counter = page.locator("[data-count=id_summary]")

    for text in PASTED:
        leave(page, "#id_summary", text)
        expect(page.locator("[data-status]")).to_have_text(SAVED)
        left = int(counter.inner_text().split()[0])
        assert left == LIMIT - len(stored(entry).summary), text
    leave(page, "#id_summary", "e\u0307\n" * (LIMIT // 2))  # the last break is cut off
    expect(counter).to_have_text(re.compile("^1 "))
    leave(page, "#id_summary", "e\u0307\n" * (LIMIT // 2) + "xx")
    expect(counter).to_have_class(re.compile("over"))
    expect(page.locator("[data-status]")).to_have_class(re.compile("wrong"))
    assert len(stored(entry).summary) == LIMIT - 1
