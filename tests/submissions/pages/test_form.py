"""The pages of the entry form: what is saved, told, compared and kept."""

import gzip
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from contest import rulebook
from submissions import services
from submissions.content import CONTENT_FIELDS
from submissions.models import Submission
from submissions.pages.parts import PARTS
from tests.factories import ContestFactory, RepresentativeFactory, SubmissionFactory
from tests.policy.pages import browser_of
from tests.policy.world import QUESTION

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}
CONDITIONAL = [
    QUESTION | {"code": "volunteers", "kind": "yes_no", "title": {"lt": "Savanoriai?"}},
    QUESTION
    | {
        "code": "how_many",
        "kind": "whole_number",
        "title": {"lt": "Kiek?"},
        "when": {"question": "volunteers", "is": ["yes"]},
    },
    QUESTION | {"code": "gift", "kind": "money", "title": {"lt": "Dovana?"}},
]


@pytest.fixture
def contest():
    document = rulebook.template("lkbs") | {"questions": CONDITIONAL}
    document["entry_form"] = document["entry_form"] | {"limits": {"summary": 20}}
    return ContestFactory(phase="open", document=document)


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def entry(contest, owner):
    return SubmissionFactory(
        contest=contest, organisation=owner.organisation, state="draft", summary=""
    )


@pytest.fixture
def browser(owner):
    return browser_of(owner.person)


def at(entry, name="entry-part", *words):
    return reverse(f"submissions:{name}", args=[entry.pk, *words])


def text_of(response):
    return response.content.decode()


def opened(browser, entry, part):
    """What a window holds after a page was opened: its hidden marks."""
    page = text_of(browser.get(at(entry, "entry-part", part)))
    found = re.search(r'name="marks" value="([^"]+)"', page)
    return {"marks": unescape(found[1])}


def save(browser, entry, part, window, **typed):
    return browser.post(at(entry, "entry-part", part), {**window, **typed})


def stored(entry):
    return Submission.objects.get(pk=entry.pk)


def test_every_field_of_the_content_stands_on_one_page():
    placed = [field for part in PARTS for field in part.fields]

    assert sorted(placed) == sorted(set(CONTENT_FIELDS) - {"answers"})


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_page_is_shown_in_words(language, browser, entry):
    browser.cookies["django_language"] = language
    with translation.override(language):
        titles = [str(part.title) for part in PARTS]

    pages = [text_of(browser.get(at(entry, "entry-part", p.code))) for p in PARTS]

    for title, page in zip(titles, pages, strict=True):
        assert f"<h1>{title}</h1>" in page
        assert f'<html lang="{language}' in page


def test_a_page_is_saved_and_leads_to_the_next(browser, entry):
    window = opened(browser, entry, "contact")

    answer = save(browser, entry, "contact", window, contact_name="Rūta")

    assert answer["Location"] == at(entry, "entry-part", "project")
    assert stored(entry).contact_name == "Rūta"


def test_amounts_and_dates_are_read_as_people_write_them(browser, entry):
    window = opened(browser, entry, "money")

    save(
        *(browser, entry, "money", window),
        total="18 407,5",
        started_on="2023-05-01",
        with_vat="no",
    )

    saved = stored(entry)
    assert f"{saved.total}" == "18407.50"
    assert f"{saved.started_on}" == "2023-05-01"
    assert saved.with_vat is False
    page = text_of(browser.get(at(entry, "entry-part", "money")))
    assert 'value="18\xa0407,50"' in page
    assert "Eurais. " in page


@pytest.mark.parametrize(
    ("language", "expected"), [("lt", "18\xa0407,50\xa0Eur"), ("en", "€18,407.50")]
)
def test_amounts_are_shown_in_one_way(language, expected, browser, entry):
    Submission.objects.filter(pk=entry.pk).update(
        total="18407.5", answers={"gift": "18407.50"}
    )
    browser.cookies["django_language"] = language

    whole = text_of(browser.get(at(entry, "entry-print")))
    form = text_of(browser.get(at(entry, "entry-part", "questions")))

    assert whole.count(f">{expected}<") == 2
    assert 'value="18\xa0407,50"' in form


def test_what_is_wrong_costs_the_other_fields_nothing(browser, entry):
    window = opened(browser, entry, "money")

    answer = save(
        *(browser, entry, "money", window), total="daug", grant_paid="100", share_eu="x"
    )

    page = text_of(answer)
    assert answer.status_code == 400
    assert 'value="daug"' in page
    assert 'id="id_total_error"' in page
    assert stored(entry).grant_paid == 100


def test_what_the_rules_refuse_costs_the_other_fields_nothing(browser, entry):
    window = opened(browser, entry, "project")

    answer = save(
        *(browser, entry, "project", window), summary="a" * 21, place="Žąsinai"
    )

    assert answer.status_code == 400
    assert 'id="id_summary_error"' in text_of(answer)
    assert (stored(entry).summary, stored(entry).place) == ("", "Žąsinai")


def test_the_limit_counts_line_breaks_and_accents_once(browser, entry):
    window = opened(browser, entry, "project")
    typed = "a\r\n" * 9 + "e\u0307"  # nine lines; an ė of two characters

    answer = save(browser, entry, "project", window, summary=typed)

    assert answer.status_code == 302
    assert len(stored(entry).summary) == 19
    assert 'data-limit="20"' in text_of(browser.get(at(entry, "entry-part", "project")))


def test_two_windows_on_different_fields_both_keep_their_own(browser, entry):
    one, other = (opened(browser, entry, "project") for _ in range(2))

    save(browser, entry, "project", one, place="Žąsinai", title=entry.title)
    answer = save(browser, entry, "project", other, measure="L-1", place="")

    assert answer.status_code == 302
    assert (stored(entry).place, stored(entry).measure) == ("Žąsinai", "L-1")


def test_two_windows_on_one_field_are_told_both_texts(browser, entry):
    one, other = (opened(browser, entry, "project") for _ in range(2))
    save(browser, entry, "project", one, place="Pirmas")

    answer = save(browser, entry, "project", other, place="Antras", measure="L-1")

    page = text_of(answer)
    assert answer.status_code == 412
    assert "Pirmas" in page
    assert 'value="Antras"' in page
    assert (stored(entry).place, stored(entry).measure) == ("Pirmas", "L-1")


@pytest.mark.parametrize(
    ("choice", "expected"), [("mine", "Antras"), ("theirs", "Pirmas")]
)
def test_the_writer_chooses_which_text_stays(choice, expected, browser, entry):
    one, other = (opened(browser, entry, "project") for _ in range(2))
    save(browser, entry, "project", one, place="Pirmas")
    told = text_of(save(browser, entry, "project", other, place="Antras"))
    again = {"marks": unescape(re.search(r'name="marks" value="([^"]+)"', told)[1])}

    answer = save(
        *(browser, entry, "project", again),
        place="Antras",
        **{"choice.place": choice},
    )

    assert answer.status_code == 302
    assert stored(entry).place == expected


def test_saving_while_typing_answers_in_short(browser, entry):
    window = opened(browser, entry, "project")

    answer = browser.post(
        at(entry, "entry-part", "project"), {**window, "place": "Žąsinai"}, **JSON
    )

    told = answer.json()
    assert answer.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", told["saved_at"])
    assert (told["version"], told["errors"]) == (stored(entry).version, {})


def test_saving_while_typing_never_writes_over_what_it_has_not_seen(browser, entry):
    """The other window's field keeps its old mark, though this one was saved."""
    one, other = (opened(browser, entry, "project") for _ in range(2))
    address = at(entry, "entry-part", "project")
    save(browser, entry, "project", one, place="Pirmas")

    told = browser.post(address, {**other, "measure": "L-1", "place": ""}, **JSON)
    after = {"marks": told.json()["marks"], "measure": "L-1", "place": ""}
    browser.post(address, after, **JSON)

    assert stored(entry).place == "Pirmas"


def test_nothing_is_emptied_by_a_form_that_did_not_arrive_whole(browser, entry):
    answer = browser.post(at(entry, "entry-part", "project"), {"place": "x"})

    assert answer.status_code == 400
    assert stored(entry).title == entry.title


def test_a_question_is_asked_after_the_answer_that_asks_for_it(browser, entry):
    address = at(entry, "entry-part", "questions")
    before = text_of(browser.get(address))

    led = save(
        *(browser, entry, "questions", opened(browser, entry, "questions")),
        **{"answers.volunteers": "yes"},
    )

    assert 'data-is="yes" hidden>' in before
    assert led["Location"] == address
    assert 'data-is="yes">' in text_of(browser.get(address))


def test_own_questions_are_saved_beside_each_other(browser, entry):
    for code, answer in {"volunteers": "yes", "how_many": "12"}.items():
        window = opened(browser, entry, "questions")
        save(browser, entry, "questions", window, **{f"answers.{code}": answer})

    assert stored(entry).answers == {"volunteers": True, "how_many": "12"}


def test_an_unreadable_answer_is_told_and_the_other_kept(browser, entry):
    window = opened(browser, entry, "questions")

    answer = save(
        *(browser, entry, "questions", window),
        **{"answers.volunteers": "yes", "answers.how_many": "daug"},
    )

    assert answer.status_code == 400
    assert 'value="daug"' in text_of(answer)
    assert stored(entry).answers == {"volunteers": True}


def test_what_was_typed_stays_when_collection_closed_meanwhile(
    browser, entry, contest, time_machine
):
    window = opened(browser, entry, "project")
    time_machine.move_to(contest.deadline)

    answer = save(browser, entry, "project", window, place="Žąsinai")

    page = text_of(answer)
    assert answer.status_code == 403
    assert 'value="Žąsinai"' in page
    assert '<dd class="text">Žąsinai</dd>' in page
    assert "Laikas keisti ir teikti paraišką baigėsi" in page


def test_the_list_of_tasks_links_what_is_missing(browser, entry):
    page = text_of(browser.get(at(entry, "entry")))

    assert f"{at(entry, 'entry-part', 'project')}#id_summary" in page
    assert "80 %" in page


def test_what_nobody_touched_is_not_told_as_filled_in(browser, entry):
    page = text_of(browser.get(at(entry, "entry")))
    before = page.partition("questions/")[2].partition("</li>")[0]
    window = opened(browser, entry, "questions")
    save(browser, entry, "questions", window, **{"answers.gift": "5"})
    page = text_of(browser.get(at(entry, "entry")))
    after = page.partition("questions/")[2].partition("</li>")[0]

    assert "neprivaloma, kol kas tuščia" in before
    assert "viskas užpildyta" in after


def test_marks_are_no_door(browser, entry):
    for marks in ("", "[]", "{", json.dumps({"place": 1})):
        answer = save(browser, entry, "project", {"marks": marks}, place="x")
        assert answer.status_code in {302, 400, 412}


@pytest.mark.parametrize("part", [part.code for part in PARTS])
def test_a_page_of_the_form_weighs_little_with_all_it_loads(part, browser, entry):
    page = browser.get(at(entry, "entry-part", part)).content
    loaded = re.findall(rb'(?:href|src)="/static/([^"]+)"', page)
    files = [Path(finders.find(name.decode())).read_bytes() for name in loaded]

    weight = sum(len(gzip.compress(content)) for content in (page, *files))

    assert len(files) == 3  # icon, style, script
    assert weight <= 30_000


# --- Who saved the other text, when and on what --------------------------------------

PHONE = {
    "headers": {
        "user-agent": "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Firefox/131.0"
    }
}


def test_a_collision_names_the_device_and_the_time_of_the_other_save(browser, entry):
    one, other = (opened(browser, entry, "project") for _ in range(2))
    browser.post(
        at(entry, "entry-part", "project"), {**one, "place": "Pirmas"}, **PHONE
    )
    moment = stored(entry).changed_at

    answer = save(browser, entry, "project", other, place="Antras", measure="L-1")

    (told,) = answer.context["collisions"]
    assert (told["is_own"], told["device"], told["at"]) == (
        *(True, "Firefox, Android"),
        moment,  # not that of saving the field beside it just now
    )
    assert "(Firefox, Android)" in text_of(answer)


def test_a_collision_names_the_person_whatever_was_saved_since(browser, entry):
    colleague = RepresentativeFactory(organisation=entry.organisation).person
    theirs = browser_of(colleague)
    window = opened(browser, entry, "project")
    save(theirs, entry, "project", opened(theirs, entry, "project"), place="Pirmas")
    save(browser, entry, "project", window, measure="L-1")

    answer = save(browser, entry, "project", window, place="Antras")

    (told,) = answer.context["collisions"]
    assert (told["is_own"], told["who"]) == (False, colleague.name)


def test_no_more_is_kept_of_a_device_than_two_words_and_that_until_sending(
    browser, entry, owner
):
    window = opened(browser, entry, "project")
    browser.post(
        at(entry, "entry-part", "project"), {**window, "summary": "Viskas"}, **PHONE
    )
    kept = stored(entry)
    assert {touch["on"] for touch in kept.touched.values()} == {"Firefox, Android"}

    services.submit(
        submission=kept,
        expected_version=kept.version,
        signed_by="Ona",
        signed_role="pirmininkė",
        consents={"processing": True},
        by=owner.person,
    )

    assert stored(entry).touched == {}
