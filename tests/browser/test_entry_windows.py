"""What befalls an entry in a browser: two windows, broken lines, an ended sign-in."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Error, expect

from core import clock
from tests.browser.conftest import sign_in_cookie
from tests.browser.entering import at, begun, leave, stored
from tests.browser.looking import barriers, overflow
from tests.factories import RepresentativeFactory
from tests.factories.pictures import picture

LIMIT = 600
PAGES = ["", "contact/", "project/", "money/", "files/", "send/", "more/", "print/"]


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def entry(owner):
    return begun(owner, summary=LIMIT)


def test_a_field_is_saved_as_it_is_left_and_two_windows_are_told(visit, owner, entry):
    one, other = (visit(at(entry, "project/"), person=owner.person) for _ in range(2))

    leave(one, "#id_place", "Pirmas")
    leave(other, "#id_measure", "L-1")
    leave(other, "#id_place", "Antras")

    one.get_by_text("Įrašyta").wait_for()
    other.locator("[data-status].notice.wrong").wait_for()
    assert (stored(entry).place, stored(entry).measure) == ("Pirmas", "L-1")
    other.locator("button[value=next]").click()
    other.get_by_text("Pirmas", exact=True).wait_for()
    assert barriers(other) == []
    other.get_by_label("Imti tai, kas jau įrašyta").check()
    other.locator("button[value=next]").click()
    other.wait_for_url("**/money/")
    assert stored(entry).place == "Pirmas"


def test_an_upload_that_breaks_is_sent_again_and_costs_no_other(visit, owner, entry):
    page = visit(at(entry, "files/"), person=owner.person)
    breaking = []

    def handle(route):
        if route.request.method == "POST" and not breaking:
            breaking.append(route.request.url)
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/files/", handle)
    files = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(comment=n)}
        for n in (b"vienas", b"du")
    ]
    for file in files:
        file["name"] = f"{len(file['buffer'])}-{file['name'][2:4]}.jpg"
    page.locator("#id_file").set_input_files(files)
    page.locator("#id_caption").fill("Talka prie ežero")
    page.locator("[data-upload] button").first.click()

    again = page.get_by_role("button", name="Siųsti iš naujo")
    again.wait_for()
    sent = page.locator("[data-uploads] li", has_text="pridėta")
    sent.wait_for()
    assert entry.attachments.count() == 1
    attached = page.locator("#files li", has_text="Talka prie ežero")
    expect(attached).to_have_count(1)
    expect(page.locator("#id_caption")).to_have_value("Talka prie ežero")
    again.click()
    sent.nth(1).wait_for()
    assert entry.attachments.count() == 2
    expect(attached).to_have_count(2)
    expect(page.locator("#id_caption")).to_have_value("")
    expect(page.locator("[data-fresh=room]")).to_contain_text("13 nuotraukų")
    assert barriers(page) == []


def test_a_broken_line_keeps_the_text_and_tries_again(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    page.route("**/project/", lambda route: route.abort("connectionreset"))
    page.locator("#id_place").fill("Žąsinai")
    page.locator("#id_place").blur()
    page.locator("[data-status].notice.wrong").wait_for()

    page.unroute("**/project/")
    page.evaluate("dispatchEvent(new Event('online'))")

    page.get_by_text("Įrašyta").wait_for()
    assert stored(entry).place == "Žąsinai"


def restored(page):
    """The notice of what came back, with its time."""
    return page.locator("[data-restored-here] .notice")


def kept(page):
    """What this tab keeps of unsaved text."""
    return page.evaluate("Object.keys(sessionStorage).length")


def test_text_outlives_a_reload_without_a_line_and_is_saved_then(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    broken = {"GET", "POST"}

    def handle(route):
        if route.request.method in broken:
            return route.abort("connectionreset")
        return route.continue_()

    page.route("**/project/", handle)
    leave_unanswered(page, "#id_place", "Žąsinai")
    # No route holds back what a page sends as it goes away.
    page.evaluate("() => { fetch = () => Promise.reject(new TypeError()); }")
    with pytest.raises(Error, match="CONNECTION_RESET"):
        page.reload()
    page.wait_for_url("chrome-error://**")  # shown a moment after it is told
    broken.remove("GET")

    page.goto(at(entry, "project/"))

    expect(page.locator("#id_place")).to_have_value("Žąsinai")
    expect(restored(page)).to_have_text(re.compile(r"\d\d:\d\d.*: Vieta\."))
    page.locator("[data-status].notice.wrong").wait_for()
    broken.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"^Įrašyta \d"))
    assert stored(entry).place == "Žąsinai"
    assert kept(page) == 0
    assert barriers(page) == []
    page.reload()
    assert restored(page).count() == 0


def test_text_that_was_not_saved_in_time_is_shown_to_be_copied(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    page.route("**/project/", lambda route: route.abort("connectionreset"))
    leave_unanswered(page, "#id_place", "Žąsinai")
    contest = entry.contest
    contest.opens_at = contest.opens_at - timedelta(days=60)
    contest.closes_at = clock.now() - timedelta(minutes=1)
    contest.save()
    page.unroute("**/project/")
    page.on("dialog", lambda dialog: dialog.accept())

    page.reload()

    expect(restored(page)).to_contain_text("laiku neįrašyta")
    expect(restored(page)).to_contain_text("Žąsinai")
    assert stored(entry).place == ""


def leave_unanswered(page, selector, text):
    page.locator(selector).fill(text)
    page.locator(selector).blur()
    page.locator("[data-status].notice.wrong").wait_for()


def test_a_text_that_is_too_long_is_cut_nowhere(visit, owner, entry, live_server):
    """It is refused, and stays whole in this tab, for this person."""
    page = visit(at(entry, "project/"), person=owner.person)
    long = "ą" * LIMIT + "!"
    leave_unanswered(page, "#id_summary", long)
    page.locator("button[value=next]").click()
    page.locator("#problems").wait_for()

    page.goto(at(entry, "contact/"))
    page.goto(at(entry, "project/"))

    expect(page.locator("#id_summary")).to_have_value(long)
    assert restored(page).count() == 1
    other = RepresentativeFactory(organisation=owner.organisation)
    page.context.add_cookies([sign_in_cookie(live_server, other.person)])
    page.goto(at(entry, "project/"))
    expect(page.locator("#id_summary")).to_have_value(entry.summary)
    assert kept(page) == 0


def test_who_leaves_while_typing_loses_nothing(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    page.locator("#id_place").press_sequentially("Žąsinai")

    page.goto("/desk/")

    wait_until(page, lambda: stored(entry).place == "Žąsinai")
    page.goto(at(entry, "project/"))
    expect(page.locator("#id_place")).to_have_value("Žąsinai")
    assert restored(page).count() == 0


def wait_until(page, is_so, patience=5000):
    """Wait, while the browser goes on, for what the server does by itself."""
    for _ in range(patience // 100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("It did not happen.")


@pytest.mark.slow
def test_unsaved_text_does_not_cover_what_others_saved_meanwhile(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    page.route("**/project/", lambda route: route.abort("connectionreset"))
    leave_unanswered(page, "#id_place", "Mano")
    leave(visit(at(entry, "project/"), person=owner.person), "#id_place", "Kito")
    page.unroute("**/project/")

    page.reload()

    page.locator("[data-status].notice.wrong").wait_for()
    expect(restored(page)).to_be_in_viewport()
    expect(page.locator("#id_place")).to_have_value("Mano")
    assert stored(entry).place == "Kito"
    page.locator("button[value=next]").click()
    page.get_by_label("Imti tai, kas jau įrašyta").check()
    page.locator("button[value=next]").click()
    page.wait_for_url("**/money/")
    page.goto(at(entry, "project/"))
    expect(page.locator("#id_place")).to_have_value("Kito")
    assert (kept(page), stored(entry).place) == (0, "Kito")


def test_text_that_was_sent_and_never_arrived_is_shown_to_be_copied(
    visit, owner, entry
):
    page = visit(at(entry, "project/"), person=owner.person)
    page.route("**/project/", lambda route: route.abort("connectionreset"))
    leave_unanswered(page, "#id_place", "Mano tekstas")
    page.locator("button[value=next]").click()
    page.wait_for_url("chrome-error://**")
    leave(visit(at(entry, "project/"), person=owner.person), "#id_place", "Kito")
    page.unroute("**/project/")

    page.goto(at(entry, "project/"))

    expect(restored(page)).to_contain_text("Vieta:Mano tekstas")
    expect(page.locator("#id_place")).to_have_value("Kito")
    assert barriers(page) == []
    assert (kept(page), stored(entry).place) == (0, "Kito")


def only_whole_pages(route):
    """Break the line for what a script saves."""
    if route.request.resource_type == "fetch":
        return route.abort("connectionreset")
    return route.continue_()


def test_text_that_arrived_is_not_shown_again_however_it_is_written(
    visit, owner, entry
):
    page = visit(at(entry, "money/"), person=owner.person)
    page.route("**/money/", only_whole_pages)
    leave_unanswered(page, "#id_total", "1000,5")
    page.locator("button[value=next]").click()
    page.wait_for_url(lambda url: "money" not in url)

    page.goto(at(entry, "money/"))

    expect(page.locator("#id_total")).to_have_value("1\u00a0000,50")
    assert (restored(page).count(), kept(page)) == (0, 0)


@pytest.mark.slow
def test_signing_out_takes_unsaved_text_along(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    page.route("**/project/", lambda route: route.abort("connectionreset"))
    leave_unanswered(page, "#id_place", "Žąsinai")
    assert kept(page) == 1

    page.get_by_role("button", name="Atsijungti").click()
    page.wait_for_url("**/")

    assert kept(page) == 0


@pytest.mark.slow
@pytest.mark.parametrize("language", ["lt", "en"])
def test_no_page_of_an_entry_has_a_barrier(language, visit, owner, entry):
    page = visit("/desk/", person=owner.person, language=language)

    for part in PAGES:
        page.goto(at(entry, part))
        assert barriers(page) == []
        assert overflow(page) <= 0, part
