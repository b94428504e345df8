"""The messages of a contest as a coordinator reads them, and reminders by hand."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from mail.models import Message
from mail.outcomes import ADDRESS_REFUSED, NOT_YET
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    MessageFactory,
    RepresentativeFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.mail.outbox import told
from tests.pages.reading import main_of
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return ContestFactory(phase="open", closes_at=clock.now() + timedelta(days=10))


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def where(contest, name="messages", *words):
    return reverse(f"scoring:{name}", args=[contest.slug, *words])


def begin(contest, **values):
    draft = SubmissionFactory(contest=contest, state="draft", **values)
    return RepresentativeFactory(organisation=draft.organisation).person


# --- The list ------------------------------------------------------------------------


def test_what_did_not_arrive_is_first_with_what_helps(contest, browser):
    ona = UserFactory(name="Ona Onaitė")
    MessageFactory(contest_id=contest.pk, sent=True)
    MessageFactory(
        contest_id=contest.pk,
        undelivered=True,
        error=ADDRESS_REFUSED,
        server_said="550 5.1.1 <ona@example.org> unknown",
        person_id=ona.pk,
        to="ona@example.org",
    )

    answer = browser.get(where(contest), headers={"accept-language": "lt"})

    cards = main_of(answer).split('<li class="card">')[1:]
    assert len(cards) == 2
    assert "Ona Onaitė" in cards[0]
    assert "nepriėmė ir nepriims" in cards[0]
    assert "Paklauskite žmogaus tikrojo adreso" in cards[0]
    assert "550 5.1.1 &lt;ona@example.org&gt; unknown" in cards[0]
    assert reverse("contest:telephone-code", args=[contest.slug]) in main_of(answer)
    assert "retry" not in cards[1]


@pytest.mark.parametrize(
    ("state", "shown"), [("undelivered", 1), ("waiting", 2), ("sent", 3), ("x", 6)]
)
def test_the_list_is_narrowed_by_state(contest, browser, state, shown):
    MessageFactory(contest_id=contest.pk, undelivered=True)
    MessageFactory(contest_id=contest.pk)
    MessageFactory(contest_id=contest.pk, held=True)
    MessageFactory.create_batch(3, contest_id=contest.pk, sent=True)
    MessageFactory(undelivered=True)

    page = main_of(browser.get(where(contest), {"state": state}))

    assert page.count('<li class="card">') == shown
    assert [int(n) for n in re.findall(r'class="count">(\d+)', page)] == [6, 1, 2, 3]


def test_what_is_put_off_says_when_it_is_tried_again(contest, browser):
    MessageFactory(contest_id=contest.pk, error=NOT_YET, attempts=1)

    page = main_of(browser.get(where(contest), headers={"accept-language": "en"}))

    assert "It is tried again by itself, next at" in page
    assert "Try again" not in page


def test_a_message_is_sent_again_by_hand(contest, browser):
    lost = MessageFactory(contest_id=contest.pk, undelivered=True)
    page = main_of(browser.get(where(contest)))
    retry = where(contest, "message-retry", lost.pk)
    assert f'action="{retry}"' in page

    assert browser.get(retry).status_code == 405
    answer = browser.post(retry)
    again = browser.post(retry)

    lost.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, where(contest))
    assert (lost.state, again.status_code) == (Message.State.WAITING, 409)


def test_what_was_erased_is_told_without_an_offer(contest, browser):
    MessageFactory(contest_id=contest.pk, undelivered=True, erased=True)

    page = main_of(browser.get(where(contest)))

    assert "mailto:" not in page
    assert "retry" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_messages_cost_as_much_in_any_number(
    contest, browser, count, django_assert_num_queries
):
    for _ in range(count):
        person = UserFactory()
        MessageFactory(contest_id=contest.pk, undelivered=True, person_id=person.pk)

    with django_assert_num_queries(9):
        browser.get(where(contest))


# --- Reminders -----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["lt", "en"])
def test_before_it_is_sent_one_sees_to_whom_and_how_it_reads(
    contest, browser, language
):
    people = [begin(contest, title="Slaptas"), begin(contest, title="Slaptas")]

    answer = browser.get(
        where(contest, "remind-entrants"), headers={"accept-language": language}
    )

    page = main_of(answer)
    assert all(person.email in page and person.name in page for person in people)
    assert "išsaugotos, bet nepateiktos" in page
    assert "are saved, but not sent" in page
    assert "Slaptas" not in page
    assert Message.objects.count() == 0


def test_a_reminder_is_sent_once_a_day_and_then_says_so(contest, browser):
    person = begin(contest)
    remind = where(contest, "remind-entrants")

    sent = browser.post(remind, follow=True, headers={"accept-language": "en"})
    page = main_of(browser.get(remind, headers={"accept-language": "en"}))
    again = browser.post(remind, follow=True, headers={"accept-language": "en"})

    assert "1 reminder waits to be sent." in main_of(sent)
    assert "reminded" in page
    assert "<button" not in page
    assert "Nobody was written to" in main_of(again)
    assert told("submissions.drafts_wait") == [person.email]


def test_jurors_are_reminded_from_the_page_of_progress():
    contest = ContestFactory(phase="judging")
    juror = AssignmentFactory(submission__contest=contest).juror
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    remind = where(contest, "remind-jurors")

    progress = main_of(browser.get(where(contest, "progress")))
    browser.post(remind)

    assert f'href="{remind}"' in progress
    assert told("scoring.sheets_wait") == [juror.person.email]


def test_the_overview_leads_to_the_reminder_with_the_days_left(contest, browser):
    begin(contest)
    overview = reverse("scoring:dashboard", args=[contest.slug])

    page = main_of(browser.get(overview, headers={"accept-language": "en"}))

    assert f'href="{where(contest, "remind-entrants")}"' in page
    assert "9 days are left." in page


def test_too_late_to_remind_is_said():
    late = ContestFactory(phase="judging")
    browser = browser_of(CoordinatorFactory(contest=late).person)

    assert browser.get(where(late, "remind-entrants")).status_code == 403
    assert browser.post(where(late, "remind-entrants")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_a_reminder_costs_as_much_for_any_number(
    contest, browser, count, django_assert_num_queries
):
    for _ in range(count):
        begin(contest)

    with django_assert_num_queries(9):
        browser.get(where(contest, "remind-entrants"))
