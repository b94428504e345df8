"""How far judging is, for who runs it; sheets given back and scores left out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.models import Sheet
from scoring.sending import send_sheets
from scoring.services import send_sheet
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorExtensionFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.mail.outbox import kinds, letter
from tests.pages.reading import main_of
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
CODES = ("innovation", "success", "social_responsibility", "originality")
ALL = dict.fromkeys(CODES, 7)


@pytest.fixture
def contest():
    return ContestFactory()


@pytest.fixture
def browser(contest):
    return browser_of(CoordinatorFactory(contest=contest).person)


def shown_in(response):
    assert response.status_code == 200
    return main_of(response)


def scored(contest, **facts):
    entry = SubmissionFactory(contest=contest)
    assignment = AssignmentFactory(
        submission=entry, juror=JurorFactory(contest=contest)
    )
    return SheetFactory(assignment=assignment, values=ALL, **facts)


def address(contest, sheet, act=""):
    return f"/judging/{contest.slug}/{sheet.pk}/{act}"


def test_jurors_and_entries_without_scores_are_told(contest, browser):
    scored(contest, sent=True)
    waiting = scored(contest)

    page = shown_in(browser.get(f"/contests/{contest.slug}/manage/progress/"))

    assert "Išsiųsta 1 iš 2" in page
    assert "1 lapas užpildytas, bet neišsiųstas" in page
    few = page[page.index('id="few"') :]
    assert waiting.assignment.submission.reference in few
    assert few.count("<tr>") == 2


def test_a_sheet_is_reopened_with_a_reason(contest, browser):
    sheet = scored(contest, sent=True)
    where = address(contest, sheet, "reopen/")

    assert where in shown_in(browser.get(address(contest, sheet)))
    refused = browser.post(where, {"reason": ""})
    done = browser.post(where, {"reason": "Suklydo eilutėje"})

    assert (refused.status_code, done.status_code) == (400, 302)
    assert Sheet.objects.get(pk=sheet.pk).state == "draft"
    assert where not in shown_in(browser.get(address(contest, sheet)))


def test_a_juror_is_told_why_a_sheet_was_given_back(contest, browser):
    sheet = scored(contest, sent=True)
    juror = sheet.assignment.juror.person

    browser.post(address(contest, sheet, "reopen/"), {"reason": "Suklydo\neilutėje"})

    message = letter("scoring.sheet_reopened")
    assert message.to == juror.email
    assert "> Suklydo\n> eilutėje" in message.text
    assert address(contest, sheet) in message.text
    assert "Suklydo\neilutėje" in shown_in(
        browser_of(juror).get(address(contest, sheet))
    )


@pytest.mark.parametrize("at_once", [False, True])
def test_the_reason_goes_with_sending_again(at_once, contest, browser):
    sheet = scored(contest, sent=True)
    browser.post(address(contest, sheet, "reopen/"), {"reason": "Suklydo eilutėje"})
    juror = sheet.assignment.juror.person

    if at_once:
        send_sheets(contest=contest, by=juror)
    else:
        send_sheet(assignment_id=sheet.pk, by=juror)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.reopened_reason) == ("sent", "")


def test_what_is_not_sent_is_given_back_to_nobody(contest, browser):
    sheet = scored(contest)

    browser.post(address(contest, sheet, "reopen/"), {"reason": "Suklydo eilutėje"})

    sheet.refresh_from_db()
    assert (kinds(), sheet.reopened_reason) == ([], "")


def test_scores_are_left_out_and_taken_in_again(contest, browser):
    sheet = scored(contest, sent=True)
    where = address(contest, sheet, "exclusion/")
    listed = f"/contests/{contest.slug}/manage/progress/exclusions/"

    browser.post(where, {"reason": "Kalbėjosi su pareiškėju"})
    assert "Kalbėjosi su pareiškėju" in shown_in(browser.get(listed))
    assert "Kalbėjosi" in shown_in(browser.get(address(contest, sheet)))
    browser.post(where, {"reason": "Nepasitvirtino"})

    assert "Kalbėjosi" not in shown_in(browser.get(listed))
    assert Sheet.objects.get(pk=sheet.pk).excluded_at is None


def test_one_juror_gets_more_time_in_the_time_of_the_contest():
    contest = ContestFactory(phase="deliberation", time_zone="Europe/Vilnius")
    juror = JurorFactory(contest=contest)
    browser = browser_of(CoordinatorFactory(contest=contest).person)
    where = f"/contests/{contest.slug}/manage/jurors/{juror.pk}/more-time/"

    past = browser.post(where, {"until": "2020-01-01T12:00", "reason": "Liga"})
    done = browser.post(where, {"until": "2099-07-01T12:00", "reason": "Liga"})

    assert (past.status_code, done.status_code) == (400, 302)
    assert f"{juror.extensions.get().until:%H:%M}" == "09:00"
    page = shown_in(browser.get(done["Location"]))
    assert "2099" in page


def test_a_juror_with_more_time_scores_on():
    late = ContestFactory(phase="deliberation")
    juror = JurorFactory(contest=late)
    assignment = AssignmentFactory(
        submission=SubmissionFactory(contest=late, state="eligible"), juror=juror
    )
    browser = browser_of(juror.person)
    where = f"/judging/{late.slug}/{assignment.pk}/"

    assert 'class="sheet"' not in shown_in(browser.get(where))
    JurorExtensionFactory(juror=juror)
    assert 'class="sheet"' in shown_in(browser.get(where))
    assert "jums duota laiko" in shown_in(browser.get(f"/judging/{late.slug}/"))


def test_what_was_typed_is_shown_when_judging_closed_meanwhile():
    late = ContestFactory(phase="deliberation")
    assignment = AssignmentFactory(
        submission=SubmissionFactory(contest=late, state="eligible"),
        juror=JurorFactory(contest=late),
    )
    where = f"/judging/{late.slug}/{assignment.pk}/"
    typed = {"success-value": "6", "success-comment": "Žodžiai", "success-version": "0"}

    answer = browser_of(assignment.juror.person).post(where, typed)

    assert answer.status_code == 403
    assert "Žodžiai" in answer.content.decode()
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("where", ["", "exclusions/", "juror"])
def test_queries_do_not_grow(where, contest, browser):
    juror = JurorFactory(contest=contest)

    def more(number):
        for _each in range(number):
            entry = SubmissionFactory(contest=contest)
            mine = AssignmentFactory(submission=entry, juror=juror)
            SheetFactory(assignment=mine, values=ALL)
            scored(contest, sent=True)
            AssignmentFactory(
                submission=entry, juror=JurorFactory(contest=contest), in_conflict=True
            )

    def asked():
        base = f"/contests/{contest.slug}/manage/progress/"
        there = f"{base}{juror.pk}/" if where == "juror" else f"{base}{where}"
        with CaptureQueriesContext(connection) as context:
            assert browser.get(there).status_code == 200
        return len(context.captured_queries)

    more(1)
    first = asked()
    more(2)

    assert asked() == first
