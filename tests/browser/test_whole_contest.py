"""A contest from an empty server to its published result, by hand, by everybody.

Nobody calls the API or a service here: an administrator, a coordinator, two
organisations, two jurors and a visitor use nothing but pages and their mail.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.translation import gettext

from contest.labels import phase_label
from contest.phases import Phase
from core.collation import search_key
from tests.browser.conftest import DESK, PHONE
from tests.browser.entering import WORDS, enter, press, sign_in
from tests.factories import OrganisationFactory, UserFactory

COORDINATOR = "koordinatore@example.org"
JURORS = ("pirmas@example.org", "antras@example.org")
ENTRIES = {"Žąsinų": "Šviesos kiemas", "Malūno": "Senasis malūnas"}
CRITERIA = ("innovation", "success", "social_responsibility", "originality")
MARKS = {"Šviesos kiemas": 9, "Senasis malūnas": 5}
VILNIUS = ZoneInfo("Europe/Vilnius")


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_contest_is_run_by_hand_to_its_published_result(visit):
    for name in ENTRIES:
        OrganisationFactory(name=f"{name} bendruomenė", name_search=search_key(name))
    open_a_tenant(visit)
    coordinator = come_in(visit, COORDINATOR, "/contests/new/", size=DESK)
    contest = make_the_contest(coordinator)
    manage = f"{contest}manage/"
    announce(coordinator, manage)
    for name, title in ENTRIES.items():
        page = come_in(visit, f"{len(title)}@example.org", f"{contest}enter/")
        enter(page, WORDS["lt"], organisation=name, title=title)
    close_collection(coordinator, manage)
    decide(coordinator, f"{manage}entries/")
    seat_the_jury(coordinator, manage)
    for address in JURORS:
        judge(come_in(visit, address, contest.replace("contests", "judging")))
    publish(coordinator, manage)

    public = visit(f"{contest}results/")
    winners = public.locator(".winners").first.get_by_role("heading").all_inner_texts()
    assert winners == list(ENTRIES.values())
    assert public.get_by_text("Žąsinų bendruomenė").first.is_visible()


def lt(text):
    """What a button or a link says to who reads Lithuanian."""
    with translation.override("lt"):
        return gettext(text)


def follow(page, text):
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=lt(text)).first.click()


def come_in(visit, address, path, *, size=PHONE):
    page = visit(path, size=size)
    if page.locator("#id_email").count() == 0:
        page.locator("main a.button").first.click()
    sign_in(page, WORDS["lt"], address)
    page.wait_for_url(re.compile(re.escape(path)))
    return page


def open_a_tenant(visit):
    administrator = UserFactory(is_administrator=True)
    page = visit("/organisers/new/", person=administrator, size=DESK)
    page.locator("#id_name_lt").fill("Kaimo bendruomenių sąjunga")
    page.locator("#id_email").fill("konkursas@example.org")
    press(page, lt("Save"))
    follow(page, "Let a person make contests")
    page.locator("#id_email").fill(COORDINATOR)
    press(page, lt("Save"))
    page.get_by_text(COORDINATOR).first.wait_for()


def make_the_contest(page):
    """Name the series and its first edition; the address of the contest."""
    follow(page, "New contest that comes back")
    page.locator("#id_title_lt").fill("Pažangus kaimas")
    press(page, lt("Save"))
    now = datetime.now(VILNIUS)
    page.locator("#id_series").select_option(index=1)
    page.locator("#id_title_lt").fill("Pažangus kaimas")
    page.locator("#id_edition").fill(f"{now:%Y}")
    page.locator("[name=template][value=lkbs]").check()
    page.locator("#id_opens_at").fill(wall(now + timedelta(seconds=2)))
    page.locator("#id_closes_at").fill(wall(now + timedelta(days=30)))
    press(page, lt("Make the edition"))
    page.wait_for_url(re.compile("/manage/"))
    return re.search(r"/contests/[^/]+/", page.url)[0]


def announce(page, manage):
    page.goto(f"{manage}announce/")
    press(page, lt("Announce it now"))
    reach(page, manage, Phase.OPEN)


def close_collection(page, manage):
    page.goto(f"{manage}deadline/")
    soon = datetime.now(VILNIUS) + timedelta(seconds=3)
    page.locator("#id_until").fill(wall(soon))
    page.locator("#id_reason").fill("Visos paraiškos jau pateiktos.")
    press(page, lt("Move the deadline"))
    reach(page, manage, Phase.ELIGIBILITY)


def reach(page, manage, phase):
    """Look at the overview until the contest is where the clock leads it."""
    with translation.override("lt"):
        name = str(phase_label(phase))
    for _try in range(30):
        page.goto(manage)
        if page.locator("main .chip").first.inner_text() == name:
            return
        page.wait_for_timeout(500)
    pytest.fail(f"{page.locator('main').inner_text()[:300]}, not {name}")


def decide(page, entries):
    for title in ENTRIES.values():
        page.goto(entries)
        page.locator("tr", has_text=title).get_by_role("link").click()
        page.wait_for_url(re.compile("/manage/$"))
        entry = page.url
        follow(page, "Answer the request")
        page.locator("[name=approve][value=yes]").check()
        press(page, lt("Send the answer"))
        page.goto(entry)
        follow(page, "Check requirement by requirement")
        for met in page.locator("input[name^=met_][value=yes]").all():
            met.check()
        press(page, lt("Save the checklist"))
        follow(page, "Decide")
        page.get_by_label(lt("eligible"), exact=True).check()
        press(page, lt("Decide"))
        page.get_by_text(lt("The decision is recorded.")).wait_for()


def seat_the_jury(page, manage):
    for address in JURORS:
        page.goto(f"{manage}panel/")
        page.locator("#id_email").fill(address)
        press(page, lt("Invite"))
        follow(page, "Go on")
    page.goto(f"{manage}assignments/")
    follow(page, "Every entry to every juror")
    press(page, lt("Preview"))
    press(page, lt("Assign"))
    page.goto(f"{manage}open-judging/")
    press(page, lt("Open judging now"))
    page.wait_for_url(re.compile("/manage/$"))


def judge(page):
    judging = page.url
    follow(page, "Read and sign")
    page.locator("main input[type=text]").first.fill("Jonas Jonaitis")
    press(page, lt("Sign"))
    page.goto(judging)
    for title, value in MARKS.items():
        page.get_by_role("link", name=title, exact=True).click()
        for code in CRITERIA:
            box = page.locator(f'[data-criterion="{code}"]')
            box.locator(f'label:has(input[value="{value}"])').click()
        press(page, lt("Save"))
        page.goto(judging)
    page.goto(f"{judging}send/")
    page.locator("main form button").click()
    page.get_by_text(lt("All your sheets are sent. Thank you!")).wait_for()


def publish(page, manage):
    page.goto(f"{manage}close-judging/")
    press(page, lt("Close judging now"))
    page.goto(f"{manage}ranking/")
    ranked = page.locator("table.ranking tbody th").all_inner_texts()
    assert [title for row in ranked for title in MARKS if title in row] == list(MARKS)
    page.goto(f"{manage}publication/")
    page.locator("#id_reason").fill("Komisijos protokolas Nr. 1.")
    press(page, lt("Publish the result now"))
    page.get_by_text(lt("The result is published.")).wait_for()


def wall(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%S}"
