"""Every link that a page shows leads somewhere, for everybody, in every phase.

``tests/browser/test_crawl.py`` opens three phases in Chromium and looks at every page;
here Django's client follows the links of others, and only asks whether they lead: half
of the people in one phase, the others in the next.
"""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest

from tests.hostile.filling import fill
from tests.pages.linking import is_page_of_ours, kind_of, starts_of
from tests.policy.world import BY_TOKEN, PEOPLE, build

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("quiet"),
]
PHASES = ("set-up", "deliberation")
PEOPLE_OF_PAGES = [who for who in PEOPLE if who not in BY_TOKEN]
SAMPLES = 1  # pages of one kind that are opened for one person


class _Links(HTMLParser):
    """The addresses that stand in a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (to := dict(attrs).get("href")):
            self.found.append(to)


def walk(client, starts):
    """Follow every link; yield those that lead nowhere and where they stood."""
    waiting, seen, samples = [(where, "the start") for where in starts], set(), {}
    while waiting:
        where, stood_at = waiting.pop(0)
        kind = kind_of(where)
        if where in seen or samples.get(kind, 0) == SAMPLES:
            continue
        seen.add(where)
        samples[kind] = samples.get(kind, 0) + 1
        response = client.get(where, follow=True)
        body = response.getvalue() if response.streaming else response.content
        if response.status_code != 200:
            yield f"{kind}: {response.status_code}, from {stood_at}"
        elif response.headers["Content-Type"].startswith("text/html"):
            waiting += [(link, kind) for link in links_of(where, body.decode())]


def links_of(where, page):
    """Addresses of our own that stand in a page."""
    links = (urldefrag(urljoin(where, link))[0] for link in _Links(page).found)
    return [link for link in links if is_page_of_ours(link, "")]


@pytest.mark.parametrize("phase", PHASES)
def test_every_link_leads_somewhere(phase):
    world = build(phase)
    fill(world.own)

    wrong = {
        who: found
        for who in PEOPLE_OF_PAGES[PHASES.index(phase) % 2 :: 2]
        if (found := sorted(set(walk(world.browsers[who], starts_of(who)))))
    }

    assert wrong == {}


def test_a_link_that_leads_nowhere_is_noticed(client):
    """The control: the page of a contest that nobody may see yet."""
    world = build("set-up")

    wrong = list(walk(client, [f"/contests/{world.own.contest.slug}/"]))

    assert [told.split(": ")[1] for told in wrong] == ["404, from the start"]
