"""What befalls an entry in a browser: two windows, broken lines, an ended sign-in."""

import pytest

from submissions.models import Submission
from tests.browser.looking import barriers, overflow
from tests.factories import ContestFactory, RepresentativeFactory, SubmissionFactory
from tests.factories.pictures import picture

PAGES = ["", "contact/", "project/", "money/", "files/", "send/", "more/", "print/"]


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def entry(owner):
    return SubmissionFactory(
        contest=ContestFactory(phase="open"),
        organisation=owner.organisation,
        state="draft",
    )


def at(entry, part):
    return f"/entries/{entry.pk}/{part}"


def stored(entry):
    return Submission.objects.get(pk=entry.pk)


def leave(page, selector, text):
    """Type and leave the field; wait until the page says what became of it."""
    page.locator(selector).fill(text)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(selector).blur()


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
    page.locator("[data-upload] button").first.click()

    again = page.get_by_role("button", name="Siųsti iš naujo")
    again.wait_for()
    sent = page.locator("[data-uploads] li", has_text="pridėta")
    sent.wait_for()
    assert entry.attachments.count() == 1
    again.click()
    sent.nth(1).wait_for()
    assert entry.attachments.count() == 2


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


def test_an_ended_sign_in_is_told_and_the_text_kept(visit, owner, entry):
    page = visit(at(entry, "project/"), person=owner.person)
    page.context.clear_cookies()

    page.locator("#id_place").fill("Žąsinai")
    page.locator("#id_place").blur()

    page.get_by_role("link", name="Prisijungti kitame lange").wait_for()
    assert page.locator("#id_place").input_value() == "Žąsinai"
    assert stored(entry).place == ""


def test_the_form_is_filled_in_by_keyboard_alone(visit, owner, entry):
    page = visit(at(entry, "contact/"), person=owner.person)
    page.locator("#id_contact_name").focus()

    for text in ("Rūta", "ruta@example.org", "+370 600 00001"):
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/project/")
    assert stored(entry).contact_email == "ruta@example.org"
    page.go_back()
    assert page.locator("#id_contact_name").input_value() == "Rūta"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["lt", "en"])
def test_no_page_of_an_entry_has_a_barrier(language, visit, owner, entry):
    page = visit("/desk/", person=owner.person, language=language)

    for part in PAGES:
        page.goto(at(entry, part))
        assert barriers(page) == []
        assert overflow(page) <= 0, part
