"""Every link of every page, as everybody, with hostile texts wherever people write.

The phases that are not opened here in Chromium are walked through with Django's client
in ``tests/pages/test_every_link.py``.
"""

from urllib.parse import urldefrag, urlsplit

import pytest
from allauth.mfa.models import Authenticator

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import barriers, overflow
from tests.hostile.filling import fill
from tests.hostile.spoiling import spoil
from tests.pages.linking import is_page_of_ours, kind_of, starts_of
from tests.policy.world import BY_TOKEN, PEOPLE, build

MOST = 150  # pages of one person; a crawl without an end is a finding, too
EVERYBODY = [who for who in PEOPLE if who not in BY_TOKEN]
FEW = ["owner", "juror_assigned", "coordinator_juror"]
# What a page is made of, whatever its texts say: kinds of elements where they stand.
MADE_OF = """() => {
  const kind = e => [e.tagName, e.className, ...e.getAttributeNames()].join(' ');
  const all = [...document.body.querySelectorAll('*')];
  const headings = all.filter(e => /^H\\d$/.test(e.tagName)).map(e => e.tagName);
  return JSON.stringify([
    headings.filter((h, at) => h !== headings[at - 1]),
    [...new Set(all.map(e => kind(e.parentElement) + ' > ' + kind(e)))].sort(),
  ]);
}"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def links_of(page):
    """Addresses of our own that a page leads to."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    here = urlsplit(page.url).netloc
    return [urldefrag(link)[0] for link in found if is_page_of_ours(link, here)]


def walk(page, starts, looked_at):
    """Open all that can be reached; yield what is wrong with it.

    ``looked_at`` holds which pages were searched for barriers, by address and by what
    they are made of: what a coordinator has beside what a visitor saw is new.
    """
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
            yield f"{kind}: {overflow(page)} px wider than its window"
        look = kind, page.evaluate(MADE_OF)
        if look not in looked_at:
            looked_at.add(look)
            yield from barriers(page)
        for link in links_of(page):
            came_from.setdefault(link, kind)
            waiting.append(link)


def is_file(page, where):
    """Whether an address hands out a file, which a window would save."""
    answer = page.request.head(where)
    return "attachment" in answer.headers.get("content-disposition", "")


@pytest.mark.parametrize(
    ("phase", "language", "size", "people"),
    [
        pytest.param("open", "lt", PHONE, EVERYBODY, id="open-lt"),
        pytest.param("judging", "en", PHONE, EVERYBODY, id="judging-en"),
        pytest.param("published", "lt", PHONE, EVERYBODY, id="published-lt"),
        pytest.param("deliberation", "lt", DESK, FEW, id="deliberation-lt-desk"),
    ],
)
def test_every_link_leads_somewhere_and_no_text_is_more_than_text(
    visit, phase, language, size, people
):
    world = build(phase)
    fill(world.own)
    Authenticator.objects.all().delete()  # a key with other words in it is none
    spoil()
    looked_at, wrong = set(), {}

    for who in people:
        page = visit(person=world.users.get(who), size=size, language=language)
        found = sorted(set(walk(page, starts_of(who), looked_at)))
        page.context.close()
        if found:
            wrong[who] = found

    assert not wrong, "\n".join(f"{who}: {w}" for who in wrong for w in wrong[who])
    assert len({kind for kind, _made_of in looked_at}) > 5
