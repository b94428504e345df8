"""Every link of every page, as everybody, with hostile texts wherever people write."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest

from tests.browser.conftest import PHONE
from tests.browser.hostile import spoil
from tests.browser.looking import barriers, overflow
from tests.policy.world import BY_TOKEN, PEOPLE, build

STARTS = ("/", "/desk/")
MOST = 150  # pages of one person; a crawl without an end is a finding, too
NOT_PAGES = ("/api/", "/admin/", "/static/")
_WORD = re.compile(r"[0-9a-f-]{36}|\d+")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def kind_of(where):
    """The address with its ids taken out: pages of one kind look alike."""
    return _WORD.sub("…", urlsplit(where).path)


def links_of(page):
    """Addresses of our own that a page leads to."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    here = urlsplit(page.url).netloc
    return [
        urldefrag(link)[0]
        for link in found
        if urlsplit(link).netloc == here
        and not urlsplit(link).path.startswith(NOT_PAGES)
    ]


def walk(page, starts, seen_kinds):
    """Open all that can be reached; yield what is wrong with it."""
    waiting, seen, samples, came_from = list(starts), set(), {}, {}
    while waiting:
        where = waiting.pop(0)
        kind = kind_of(where)
        samples[kind] = samples.get(kind, 0) + 1
        if where in seen or samples[kind] > 3:
            continue
        seen.add(where)
        assert len(seen) < MOST, sorted(seen)
        answer = page.request.get(where) if is_file(page, where) else page.goto(where)
        if answer.status != 200:
            yield f"{kind}: {answer.status}, from {came_from.get(where, 'the start')}"
            continue
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        if page.evaluate("window.hacked") is not None:
            yield f"{where}: a script of somebody's text ran"
        if overflow(page) > 0:
            yield f"{kind}: {overflow(page)} px wider than a phone"
        if kind not in seen_kinds:
            seen_kinds.add(kind)
            yield from barriers(page)
        for link in links_of(page):
            came_from.setdefault(link, kind)
            waiting.append(link)


def is_file(page, where):
    """Whether an address hands out a file, which a window would save."""
    answer = page.request.head(where)
    return "attachment" in answer.headers.get("content-disposition", "")


@pytest.mark.parametrize(
    ("phase", "language"), [("open", "lt"), ("judging", "en"), ("published", "lt")]
)
def test_every_link_leads_somewhere_and_no_text_is_more_than_text(
    visit, phase, language
):
    world = build(phase)
    spoil(world.own, world.users.values())
    seen_kinds, wrong = set(), {}

    for who in PEOPLE:
        if who in BY_TOKEN:
            continue
        starts = STARTS if who != "visitor" else STARTS[:1]
        page = visit(person=world.users.get(who), size=PHONE, language=language)
        found = sorted(set(walk(page, starts, seen_kinds)))
        page.context.close()
        if found:
            wrong[who] = found

    assert not wrong, "\n".join(f"{who}: {w}" for who in wrong for w in wrong[who])
    assert len(seen_kinds) > 5
