"""A juror's evening by plain forms: the list, the sheet, sending, stepping back."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from contest import rulebook
from contest.models import Act
from core import clock
from scoring.feedback import audience_of
from scoring.models import Score, Sheet
from scoring.services import Mark, save_marks, send_sheet
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.pages.reading import main_of
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db
CODES = ("innovation", "success", "social_responsibility", "originality")
ALL = dict.fromkeys(CODES, 7)


@pytest.fixture
def contest():
    return ContestFactory()


@pytest.fixture
def juror(contest):
    return JurorFactory(contest=contest)


@pytest.fixture
def browser(juror):
    return browser_of(juror.person)


def given(juror, **facts):
    return AssignmentFactory(
        submission=SubmissionFactory(contest=juror.contest), juror=juror, **facts
    )


def sheet_of(assignment):
    slug = assignment.submission.contest.slug
    return reverse("scoring:sheet", args=[slug, assignment.pk])


def fields_of(page):
    """What the form would send if nobody touched it."""
    text = main_of(page)
    form = re.search(r'<form [^>]*class="sheet".*?</form>', text, re.DOTALL)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag)[1]
        if 'type="radio"' not in tag or " checked" in tag:
            found[name] = value
    areas = r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>'
    return found | dict(re.findall(areas, form, re.DOTALL))


def stored(assignment):
    rows = Score.objects.filter(sheet=assignment.pk)
    return dict(rows.values_list("criterion__code", "steps"))


def test_the_list_is_searched_whatever_the_letters(contest, juror, browser):
    wanted, other, organised = (given(juror) for _ in range(3))
    for pair, title in ((wanted, "Šilelio takas"), (other, "Kita")):
        content = pair.submission.current_version.content
        content.document = content.document | {"title": title}
        content.save()
    SheetFactory(assignment=other, sent=True)
    where = f"/judging/{contest.slug}/"

    found = browser.get(where, {"q": "silelio TAK"}).context
    named = browser.get(where, {"q": organised.submission.organisation.name}).context
    nothing = browser.get(where, {"q": "silelio", "state": "sent"}).context

    assert [s.assignment for s in found["page"]] == [wanted.pk]
    assert [one["number"] for one in found["filters"]] == [1, 1]  # all, not opened
    assert organised.pk in {s.assignment for s in named["page"]}
    assert list(nothing["page"]) == []


def test_the_search_stands_above_a_long_list_and_stays_while_it_is_filtered(
    contest, juror, browser
):
    given(juror)
    where = f"/judging/{contest.slug}/"
    short = main_of(browser.get(where))
    for _ in range(10):
        given(juror)
    long, searched = main_of(browser.get(where)), main_of(browser.get(f"{where}?q=a"))

    assert ['type="search"' in page for page in (short, long)] == [False, True]
    assert 'href="?q=a&amp;state=not_opened"' in searched
    assert f'href="/contests/{contest.slug}/"' in long


def test_the_list_shows_each_state_and_how_far_one_is(contest, juror, browser):
    given(juror)
    SheetFactory(assignment=given(juror), values={"innovation": 5})
    SheetFactory(assignment=given(juror), values=ALL, sent=True)
    given(juror, in_conflict=True)

    page = main_of(browser.get(f"/judging/{contest.slug}/"))

    for words in ("Neatidaryta", "Juodraštis", "Išsiųsta", "Interesų konfliktas"):
        assert words in page
    assert "1 iš 3" in page
    assert "Įvertinta 1 iš 4" in page


@pytest.mark.parametrize(
    ("word", "number"), [("all", 3), ("draft", 1), ("sent", 1), ("nonsense", 3)]
)
def test_the_list_is_narrowed_by_links(word, number, contest, juror, browser):
    given(juror)
    SheetFactory(assignment=given(juror), values={"innovation": 5})
    SheetFactory(assignment=given(juror), values=ALL, sent=True)

    page = main_of(browser.get(f"/judging/{contest.slug}/?state={word}"))

    assert page.count('class="state"') == number


def test_a_whole_sheet_is_saved_by_a_plain_form(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))

    typed = {"innovation-value": "9", "success-comment": "Gerai\r\nir tiek"}
    answer = browser.post(where, fields | typed | {"whole-entrant": "Ačiū"})

    assert answer.status_code == 302
    assert stored(assignment) == {"innovation": 8, "success": None}
    sheet = Sheet.objects.get(pk=assignment.pk)
    assert sheet.comment_entrant == "Ačiū"
    comment = sheet.scores.get(criterion__code="success").comment
    assert comment == "Gerai\nir tiek"


def test_what_was_not_touched_is_not_saved_again(juror, browser):
    assignment = given(juror)
    SheetFactory(assignment=assignment, values=ALL)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))

    browser.post(where, fields | {"success-value": ""})

    versions = dict(
        Score.objects.filter(sheet=assignment.pk).values_list(
            "criterion__code", "version"
        )
    )
    assert versions == {**dict.fromkeys(CODES, 1), "success": 2}
    assert stored(assignment)["success"] is None


def test_a_stale_form_shows_both_and_saves_the_rest(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))
    mark = Mark("innovation", 3, None, 0)
    save_marks(assignment_id=assignment.pk, marks=[mark], by=juror.person)

    answer = browser.post(
        where, fields | {"innovation-value": "9", "success-value": "8"}
    )

    page = main_of(answer)
    assert answer.status_code == 412
    assert "Ten įrašyta: 3." in page
    assert re.search(r'name="innovation-value" value="9" checked', page)
    assert stored(assignment) == {"innovation": 2, "success": 7}
    again = browser.post(where, fields_of(answer))
    assert again.status_code == 302
    assert stored(assignment)["innovation"] == 8


def test_an_old_window_overwrites_nothing_that_was_not_touched_in_it(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))
    mark = Mark("innovation", 3, None, 0)
    save_marks(assignment_id=assignment.pk, marks=[mark], by=juror.person)

    answer = browser.post(where, fields | {"success-value": "8"})

    assert answer.status_code == 302
    assert stored(assignment) == {"innovation": 2, "success": 7}


@pytest.mark.parametrize(
    "typed", ["11", "0", "1.5", "x", "1e9", "NaN", "-1", "٣", "9" * 5000]
)
def test_what_is_no_value_costs_nothing(typed, juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))

    answer = browser.post(
        where, fields | {"innovation-value": typed, "success-value": "8"}
    )

    assert answer.status_code == (302 if typed == "٣" else 400)
    assert stored(assignment)["success"] == 7


def test_an_incomplete_sheet_is_saved_and_not_sent(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))

    answer = browser.post(where, fields | {"innovation-value": "9", "do": "send"})

    assert answer.status_code == 400
    assert 'href="#id_success-value"' in main_of(answer)
    assert stored(assignment) == {"innovation": 8}


def test_a_sent_sheet_can_be_read_and_says_whom_to_call(juror, browser):
    organiser = juror.contest.series.organiser
    organiser.phone = "+370 612 34567"
    organiser.save()
    assignment = given(juror)
    where = sheet_of(assignment)
    values = {f"{code}-value": "7" for code in CODES}

    browser.post(where, fields_of(browser.get(where)) | values | {"do": "send"})

    page = main_of(browser.get(where))
    assert Sheet.objects.get(pk=assignment.pk).state == "sent"
    assert 'class="sheet"' not in page
    assert "+370 612 34567" in page
    late = browser.post(where, {"innovation-value": "1", "innovation-version": "1"})
    assert late.status_code == 409
    assert stored(assignment)["innovation"] == 6


def test_next_leads_through_all_that_is_open_and_then_to_sending(juror, browser):
    for _each in range(3):
        given(juror)
    page = main_of(browser.get(f"/judging/{juror.contest.slug}/"))
    where = re.search(r'class="button" href="([^"]*)">Kita paraiška', page)[1]
    seen = []

    while where not in seen and "send" not in where:
        seen.append(where)
        values = {f"{code}-value": "7" for code in CODES}
        fields = fields_of(browser.get(where)) | values | {"do": "next"}
        where = browser.post(where, fields)["Location"]

    assert len(seen) == 3
    assert where == f"/judging/{juror.contest.slug}/send/"


def test_all_complete_sheets_are_sent_and_the_others_say_what_they_lack(juror, browser):
    SheetFactory(assignment=given(juror), values=ALL)
    SheetFactory(assignment=given(juror), values={**ALL, "success": 3})
    SheetFactory(assignment=given(juror), values={"innovation": 1})
    where = f"/judging/{juror.contest.slug}/send/"

    before = main_of(browser.get(where))
    browser.post(where)

    assert "Sėkmė, Socialinė atsakomybė" in before
    assert Sheet.objects.filter(state="sent").count() == 2
    assert "Sėkmė, Socialinė atsakomybė" in main_of(browser.get(where))


def test_stepping_back_closes_the_entry_until_it_is_taken_back(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)

    refused = browser.post(f"{where}conflict/", {"reason": " "})
    browser.post(f"{where}conflict/", {"reason": "Pusbrolis"})

    assert refused.status_code == 400
    closed = browser.get(where)
    assert closed.status_code == 404
    assert f'href="{where}conflict/"' in main_of(closed)
    told = main_of(browser.get(f"{where}conflict/"))
    assert f'action="{where}conflict/undo/"' in told
    assert "<textarea" not in told
    page = main_of(browser.get(f"/judging/{juror.contest.slug}/"))
    assert f"{where}conflict/undo/" in page
    assert f'href="{where}conflict/"' in page
    browser.post(f"{where}conflict/undo/")
    assert browser.get(where).status_code == 200


def test_a_confirmed_conflict_is_not_taken_back(juror, browser):
    assignment = given(juror, in_conflict=True)
    assignment.conflict_confirmed_at = assignment.conflict_at
    assignment.save()

    answer = browser.post(f"{sheet_of(assignment)}conflict/undo/")

    assert answer.status_code == 409
    list_page = main_of(browser.get(f"/judging/{juror.contest.slug}/"))
    assert "undo" not in list_page


def test_candidates_are_found_by_letters_of_any_case(juror, browser):
    SubmissionFactory(contest=juror.contest, title="Žalias ŠILAS")
    SubmissionFactory(contest=juror.contest, title="Kita")
    where = f"/judging/{juror.contest.slug}/conflicts/"

    page = main_of(browser.get(where, {"q": "šilas"}))
    chosen = re.search(r"entry=([0-9a-f-]{36})", page)[1]
    browser.post(f"{where}?entry={chosen}", {"reason": "Narė"})
    without = browser.post(where, {"reason": "Narė"})

    assert "Kita" not in page
    assert "chip bad" in main_of(browser.get(where))
    assert without.status_code == 400


def test_the_declaration_comes_before_the_first_score(juror, browser):
    where = f"/judging/{juror.contest.slug}/"
    assert f"{where}declaration/" in main_of(browser.get(where))

    form = main_of(browser.get(f"{where}declaration/"))
    version = re.search(r'name="text_version" value="([^"]*)"', form)[1]
    signature = {"signed_by": "Ona Onaitė", "text_version": version}
    browser.post(f"{where}declaration/", signature)

    assert "Ona Onaitė" in main_of(browser.get(f"{where}declaration/"))
    assert "Pirmiausia" not in main_of(browser.get(where))


def test_steps_words_and_comments_follow_the_rulebook():
    document = rulebook.template("lkbs")
    first, second, third, _fourth = document["criteria"]
    first["scale"] = {"minimum": "0", "maximum": "5", "step": "0.5"}
    first["words"] = {"0.5": {"lt": "vos vos"}}
    first["comment"] = "off"
    second["scale"] = {"minimum": "0", "maximum": "100", "step": "1"}
    second["words"] = {}
    third["comment"] = "required"
    contest = ContestFactory(document=document)
    mine = JurorFactory(contest=contest)
    assignment = given(mine)
    where = sheet_of(assignment)
    browser = browser_of(mine.person)

    page = main_of(browser.get(where))
    typed = {"innovation-value": "0.5", "success-value": "62"}
    browser.post(where, fields_of(browser.get(where)) | typed)

    assert "0,5" in page
    assert "vos vos" in page
    assert 'name="innovation-comment"' not in page
    assert 'type="text" inputmode="decimal"' in page
    assert "Pagal nuostatus komentaras privalomas" in page
    assert stored(assignment) == {"innovation": 1, "success": 62}


def test_each_comment_field_says_who_reads_it(contest, juror, browser):
    rules = rulebook.read(contest.rulebook.document)

    page = main_of(browser.get(sheet_of(given(juror))))

    with override("lt"):
        audience = audience_of(rules)
    told = {
        code: re.search(f'id="who-{code}">([^<]*)', page)[1].strip()
        for code in ("innovation", "commission", "entrant")
    }
    assert told == {
        "innovation": audience.commission,
        "commission": audience.commission,
        "entrant": audience.entrant,
    }


def test_own_scores_stand_beside_and_those_of_others_do_not(contest, juror, browser):
    mine, other = given(juror), given(juror)
    SheetFactory(assignment=other, values={"innovation": 4})
    stranger = JurorFactory(contest=contest)
    SheetFactory(
        assignment=AssignmentFactory(submission=other.submission, juror=stranger),
        values={"innovation": 10},
    )

    page = main_of(browser.get(sheet_of(mine)))

    own = re.search(r'class="own">.*?</details>', page, re.DOTALL)[0]
    assert re.findall(r"<b>(.*?)</b>", own) == ["4"]


def test_a_coordinator_reads_a_sheet_and_writes_nothing(contest, juror):
    assignment = given(juror)
    SheetFactory(assignment=assignment, values=ALL)
    coordinator = browser_of(CoordinatorFactory(contest=contest).person)
    where = sheet_of(assignment)

    page = main_of(coordinator.get(where))
    answer = coordinator.post(where, {"innovation-value": "1"})

    assert 'class="sheet"' not in page
    assert "<b>7</b>" in page
    assert answer.status_code == 404


@pytest.mark.parametrize("seat", ["secretary", "observer"])
def test_who_does_not_vote_is_told_so(seat, contest):
    person = JurorFactory(contest=contest, role=seat).person

    page = main_of(browser_of(person).get(f"/judging/{contest.slug}/"))

    assert "Jūs čia paraiškų nevertinate." in page


def test_a_sheet_in_another_contest_is_not_there(juror, browser):
    assignment = given(juror)
    other = ContestFactory()

    assert browser.get(f"/judging/{other.slug}/{assignment.pk}/").status_code == 404


@pytest.mark.parametrize("where", ["", "send/", "sheet"])
def test_queries_do_not_grow(where, contest, juror, browser):
    def address():
        first = juror.assignments.filter(sheet__state="draft").first()
        return (
            sheet_of(first) if where == "sheet" else f"/judging/{contest.slug}/{where}"
        )

    def more(number):
        for _each in range(number):
            SheetFactory(assignment=given(juror), values={"innovation": 3})
            SheetFactory(assignment=given(juror), values=ALL)
            given(juror)

    more(1)
    first = asked(browser, address())
    more(9)
    last = asked(browser, address())

    assert len(first) == len(last)


def asked(browser, where):
    with CaptureQueriesContext(connection) as context:
        assert browser.get(where).status_code == 200
    return [query["sql"] for query in context.captured_queries]


def test_what_was_scored_when_the_sign_in_ended_comes_back(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))
    browser.logout()

    sent = browser.post(where, fields | {"success-value": "6"})
    browser.force_login(juror.person, backend="accounts.backends.CodeBackend")
    page = browser.get(where)

    assert sent["Location"].startswith("/sign-in/")
    assert fields_of(page)["success-value"] == "6"
    assert stored(assignment) == {}
    browser.post(where, fields_of(page))
    assert stored(assignment) == {"success": 5}


def close_judging(contest):
    Act.objects.create(
        contest=contest, kind="close_judging", at=clock.now(), by_id=uuid4()
    )


def closed_while_typing(juror, browser, **typed):
    """Judging is closed while a sheet lies open; then what was typed is sent."""
    assignment = given(juror)
    SheetFactory(assignment=assignment, values={"success": 3})
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where)) | typed
    close_judging(juror.contest)
    return assignment, browser.post(where, fields)


def test_who_scores_as_judging_closes_reads_what_is_kept_and_whom_to_call(
    juror, browser
):
    organiser = juror.contest.series.organiser
    organiser.phone = "+370 612 34567"
    organiser.save()

    assignment, answer = closed_while_typing(
        juror,
        browser,
        **{"innovation-value": "9", "success-comment": "Ne laiku"},
    )

    page = main_of(answer)
    assert answer.status_code == 403
    assert "<h2>Tai neįrašyta</h2>" in page
    assert "Vertinimas baigtas" in page
    told = page.partition('id="problems"')[2].partition("</div>")[0]
    assert "+370 612 34567" in told
    assert re.findall('<dd class="text">([^<]*)</dd>', page) == ["9", "3\nNe laiku"]
    marks = re.findall("<output[^>]*data-state>([^<]*)", page)
    assert marks == ["Neįrašyta", "Neįrašyta", "", "", ""]
    assert stored(assignment) == {"success": 2}


def test_only_what_is_saved_is_marked_as_saved(juror, browser):
    assignment = given(juror)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))

    typed = {"innovation-value": "99", "success-value": "8", "whole-entrant": "Ačiū"}
    page = main_of(browser.post(where, fields | typed))

    marks = re.findall("<output[^>]*data-state>([^<]*)", page)
    assert [mark.split(" ")[0] for mark in marks] == [
        "Neįrašyta",
        "Įrašyta",
        "",
        "",
        "",
    ]


def test_what_was_typed_into_a_sheet_that_was_sent_meanwhile_is_shown(juror, browser):
    assignment = given(juror)
    SheetFactory(assignment=assignment, values=ALL)
    where = sheet_of(assignment)
    fields = fields_of(browser.get(where))
    send_sheet(assignment_id=assignment.pk, by=juror.person)

    answer = browser.post(where, fields | {"whole-entrant": "Ilgas mano tekstas"})

    assert answer.status_code == 409
    assert '<dd class="text">Ilgas mano tekstas</dd>' in main_of(answer)


def test_an_unsent_sheet_says_after_judging_that_it_does_not_count(juror, browser):
    assignment = given(juror)
    SheetFactory(assignment=assignment, values=ALL)
    close_judging(juror.contest)

    page = main_of(browser.get(sheet_of(assignment)))

    assert "Vertinimas baigtas <time" in page
    assert "todėl neskaičiuojamas" in page
