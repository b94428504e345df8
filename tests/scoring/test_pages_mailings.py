"""The page of an act says to how many it writes and how that reads, then does it."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import clock
from mail.models import Message
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.mail.outbox import kinds
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


def in_contest(phase, people=2, **fields):
    """A contest in which so many have entered, one of them for two communities."""
    contest = ContestFactory(phase=phase, title={"lt": "Pažangus kaimas"}, **fields)
    entries = [SubmissionFactory(contest=contest) for _ in range(people)]
    owners = [RepresentativeFactory(organisation=e.organisation) for e in entries]
    other = SubmissionFactory(contest=contest)
    RepresentativeFactory(organisation=other.organisation, person=owners[0].person)
    return contest


def page_of(contest, act, language="lt"):
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    browser.cookies["django_language"] = language
    where = f"/contests/{contest.slug}/manage/{act}/"
    return browser, where, unescape(browser.get(where).content.decode())


def later():
    there = timezone.localtime(clock.now() + timedelta(days=40))
    return {"until": f"{there:%Y-%m-%dT%H:%M}", "reason": "Sniegas"}


@pytest.mark.parametrize(
    ("phase", "act", "body", "kind"),
    [
        ("open", "deadline", later, "submissions.deadline_moved"),
        ("deliberation", "publication", None, "submissions.results_published"),
    ],
)
def test_entrants_are_counted_shown_the_letter_and_written_to(phase, act, body, kind):
    contest = in_contest(phase)

    browser, where, page = page_of(contest, act)
    before = kinds()
    done = browser.post(where, body() if body else {"reason": "Baigta"})

    assert "bus išsiųstas 2 adresais" in page
    assert "„Pažangus kaimas“" in page
    assert (before, done.status_code) == ([], 302)
    assert list(Message.objects.values_list("template", flat=True)) == [kind] * 2


def test_jurors_are_counted_shown_the_letter_and_written_to():
    contest = in_contest("eligibility")
    juror = AssignmentFactory(
        submission=contest.submissions.first(), juror=JurorFactory(contest=contest)
    ).juror
    JurorFactory(contest=contest)

    browser, where, page = page_of(contest, "open-judging", "en")
    browser.post(where, {"told": browser.get(where).context["told"]})

    assert "1 address gets a message as soon as it is done." in page
    assert "Entries assigned to you: 1." in page
    assert "Jums priskirta paraiškų: 1." in page
    message = Message.objects.get()
    assert (message.to, message.subject) == (
        juror.person.email,
        "Pažangus kaimas: vertinimas prasidėjo",
    )


@pytest.mark.parametrize(
    ("phase", "act"),
    [
        ("set-up", "announce"),
        ("judging", "close-judging"),
        ("deliberation", "reopen-judging"),
        ("published", "unpublish"),
        ("published", "archive"),
    ],
)
def test_an_act_that_writes_to_nobody_says_so(phase, act):
    contest = in_contest(phase)

    _browser, _where, page = page_of(contest, act, "en")

    assert "<h2>Who is written to</h2>\n<p>Nobody.</p>" in page


def test_a_page_asks_as_much_for_many_addresses_as_for_one():
    asked = set()
    for people in (1, 6):
        contest = in_contest("deliberation", people)
        browser, where, _page = page_of(contest, "publication")
        with CaptureQueriesContext(connection) as queries:
            browser.get(where)
        asked.add(len(queries))

    assert len(asked) == 1
