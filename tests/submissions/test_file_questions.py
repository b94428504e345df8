"""Own questions that are answered with files: asked, attached, sent and shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contest import rulebook
from exports.selectors.entries import everything_entered
from exports.selectors.sent import sent_entries
from submissions import storage
from submissions.file_selectors import files_of
from submissions.models import Attachment, Submission, SubmissionVersion
from submissions.reading import reading_of
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    AttachmentFactory,
    ContestFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.factories.pictures import PDF
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True},
}
IS_NEW = {"code": "is_new", "title": {"lt": "Nauja?"}, "kind": "yes_no"}
STATUTE = {
    "code": "statute",
    "title": {"lt": "Organizacijos įstatai", "en": "Statute"},
    "help": {"lt": "Nuskenuoti arba nufotografuoti."},
    "kind": "file",
    "group": "organisation",
    "required": True,
}
PERMIT = {
    "code": "permit",
    "title": {"lt": "Leidimas"},
    "kind": "file",
    "required": True,
    "when": {"question": "is_new", "is": ["yes"]},
}
TITLE = STATUTE["title"]["lt"]


def rules(*questions):
    return rulebook.template("lkbs") | {
        "questions": list(questions) or [IS_NEW, STATUTE, PERMIT],
        "entry_form": {"required": []},
    }


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"
    return storage.folder()


@pytest.fixture
def draft():
    return SubmissionFactory(
        contest=ContestFactory(phase="open", document=rules()), state="draft"
    )


@pytest.fixture
def speaker(draft):
    return RepresentativeFactory(organisation=draft.organisation).person


@pytest.fixture
def owner(speaker):
    return Person(speaker)


@pytest.fixture
def browser(speaker):
    return browser_of(speaker)


@pytest.fixture
def attach(owner, draft):
    def attach(question, kind="document", name="įstatai.pdf", content=PDF):
        form = {
            "file": SimpleUploadedFile(name, content),
            "kind": kind,
            "question": question,
        }
        where = f"submissions/{draft.pk}/attachments/"
        return owner.post(where, form, format="multipart")

    return attach


def missing(owner, draft):
    return owner.get(f"submissions/{draft.pk}/").json()["progress"]["missing"]


def send(owner, draft):
    version = Submission.objects.get(pk=draft.pk).version
    return owner.post(
        f"submissions/{draft.pk}/submit/", {"version": version, **SIGNED}, "json"
    )


def at(name, draft, *words):
    return reverse(f"submissions:{name}", args=[draft.pk, *words])


def text_of(response):
    return response.content.decode()


# --- What is asked ----------------------------------------------------------------


def test_a_required_file_keeps_an_entry_from_being_sent(owner, draft, attach):
    before, refusal = missing(owner, draft), send(owner, draft)
    attach("statute")
    after, receipt = missing(owner, draft), send(owner, draft)

    assert before == ["answers.statute"]
    assert [each["field"] for each in refusal.json()["errors"]] == before
    assert after == []
    assert receipt.status_code == 200
    (said,) = SubmissionVersion.objects.get().content.document["files"]
    assert (said["question"], said["name"]) == ("statute", "įstatai.pdf")


def test_a_file_for_something_else_answers_nothing(owner, draft, attach):
    attach("")
    attach("permit")

    assert missing(owner, draft) == ["answers.statute"]


def test_a_file_is_asked_for_where_an_answer_asks_for_it(owner, draft, attach):
    attach("statute")
    body = {"version": 2, "answers": {"is_new": True}}
    owner.patch(f"submissions/{draft.pk}/", body, "json")
    before = missing(owner, draft)
    attach("permit", name="leidimas.pdf")

    assert before == ["answers.permit"]
    assert missing(owner, draft) == []


def test_a_file_that_is_taken_out_is_missing_again(owner, draft, attach):
    made = attach("statute").json()
    send(owner, draft)

    owner.delete(f"attachments/{made['id']}/")

    assert missing(owner, draft) == ["answers.statute"]
    assert send(owner, draft).json()["code"] == "incomplete"
    assert Submission.objects.get(pk=draft.pk).state == "submitted"


@pytest.mark.parametrize("code", ["is_new", "nobody", "<b>", "ą" * 40])
def test_what_asks_for_no_file_takes_none(code, draft, attach, folder):
    refusal = attach(code)

    (error,) = refusal.json()["errors"]
    assert (refusal.status_code, error["field"]) == (400, "question")
    assert "statute, permit" in error["message"]
    assert draft.attachments.count() == 0
    assert list(folder.iterdir()) == []


def test_one_paper_may_answer_two_questions_once_each(attach):
    answers = [attach("statute"), attach("permit"), attach("statute")]

    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[2].json()["code"] == "already_attached"


def test_such_a_question_is_not_answered_in_writing(owner, draft):
    body = {"version": 1, "answers": {"statute": "štai"}}

    refusal = owner.patch(f"submissions/{draft.pk}/", body, "json")

    assert [e["field"] for e in refusal.json()["errors"]] == ["answers.statute"]


# --- Who sees it ------------------------------------------------------------------


@pytest.fixture
def entered():
    """An entry in judging whose question is answered with a paper and a private one."""
    contest = ContestFactory(document=rules(STATUTE))
    entry = SubmissionFactory(contest=contest)
    AttachmentFactory(submission=entry, name="talka.jpg")
    facts = {"submission": entry, "question": "statute"}
    AttachmentFactory(**facts, kind="document", name="istatai.jpg")
    AttachmentFactory(**facts, kind="personal", name="asmeninis.jpg")
    return entry


def test_the_jury_reads_which_file_answers_which_question(entered):
    juror = AssignmentFactory(submission=entered).juror
    assignment = juror.assignments.get()
    where = reverse("scoring:sheet", args=[entered.contest.slug, assignment.pk])

    page = text_of(browser_of(juror.person).get(where))
    listed = Person(juror.person).get(f"submissions/{entered.pk}/attachments/").json()

    (passage,) = [
        p for p in reading_of(entered).facts if p.label == STATUTE["title"]["en"]
    ]
    assert passage.text == "istatai.jpg"
    assert page.count(f"Atsako į klausimą: {TITLE}") == 1
    assert "asmeninis" not in page
    assert [f["question"] for f in listed["results"]] == ["", "statute"]


def test_exports_name_the_question(entered):
    columns = {
        heading.key: value for heading, value in everything_entered(entered.contest)
    }
    (sent,) = sent_entries(entered.contest)

    members = [file.member for file in files_of(entered.contest, with_private=True)]

    assert columns["answers.statute"](sent) == "istatai.jpg"
    assert members == [
        f"{entered.reference}/01-talka.jpg",
        f"{entered.reference}/02-statute-istatai.jpg",
        f"{entered.reference}/03-statute-asmeninis.jpg",
    ]


def test_coordinators_see_it_with_the_entry(entered):
    person = CoordinatorFactory(contest=entered.contest).person
    where = reverse("submissions:manage-entry", args=[entered.pk])

    page = text_of(browser_of(person).get(where))

    assert f"<dt>{TITLE}</dt>" in page
    assert f"Atsako į klausimą: {TITLE}" in page


# --- Pages ------------------------------------------------------------------------


def test_the_list_of_tasks_leads_to_the_question(browser, draft):
    page = text_of(browser.get(at("entry", draft)))

    where = at("entry-part", draft, "contact")
    assert f'<a href="{where}#id_answers.statute">{TITLE}</a>' in page
    assert 'id="id_answers.statute"' in text_of(browser.get(where))


def test_adding_a_file_saves_what_was_typed_and_leads_there_and_back(browser, draft):
    where = at("entry-part", draft, "contact")
    marks = browser.get(where).context["form"].marks
    typed = {"marks": marks, "contact_name": "Rima Rimaitė", "attach_to": "statute"}

    saved = browser.post(where, typed)
    asked = browser.get(saved["Location"])
    form = asked.context["form"]
    hidden = {field.name: field.value() for field in form if field.is_hidden}
    upload = {"file": SimpleUploadedFile("įstatai.pdf", PDF), **hidden}
    upload["csrfmiddlewaretoken"] = "x" * 64  # as a browser sends it along
    done = browser.post(saved["Location"], upload, follow=True)

    draft.refresh_from_db()
    file = Attachment.objects.get()
    assert draft.contact_name == "Rima Rimaitė"
    assert [field.name for field in form if not field.is_hidden] == ["file"]
    assert (file.question, file.kind) == ("statute", "document")
    assert f"<h1>{TITLE}</h1>" in text_of(done)
    assert file.name in text_of(done)
    assert f'href="{where}#id_answers.statute"' in text_of(done)
    assert file.name in text_of(browser.get(where))


def test_a_refused_file_is_told_beside_its_question(browser, draft):
    where = f"{at('entry-files', draft)}?question=statute"
    wrong = {"file": SimpleUploadedFile("a.pdf", b"x"), "kind": "document"}

    answer = browser.post(where, {**wrong, "question": "statute"})

    assert answer.status_code == 400
    assert f"<h1>{TITLE}</h1>" in text_of(answer)
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("code", ["nobody", "is_new", "", "%00"])
def test_an_address_with_another_question_offers_all_files(code, browser, draft):
    page = browser.get(f"{at('entry-files', draft)}?question={code}")

    assert page.status_code == 200
    assert "caption" in page.context["form"].fields


def test_print_and_check_before_sending_name_the_file(browser, draft, attach):
    attach("statute")

    for name in ("entry-print", "entry-send"):
        page = text_of(browser.get(at(name, draft)))
        said = re.search(rf"<dt>{TITLE}</dt><dd[^>]*>([^<]*)", page)
        assert said[1].strip() == "įstatai.pdf"


def test_the_desk_asks_for_all_files_at_once(speaker, draft):
    SubmissionFactory.create_batch(
        2, contest=draft.contest, organisation=draft.organisation, state="draft"
    )
    browser = browser_of(speaker)

    with CaptureQueriesContext(connection) as asked:
        page = text_of(browser.get(reverse("scoring:desk")))

    about_files = [q for q in asked if 'FROM "submissions_attachment"' in q["sql"]]
    assert len(about_files) == 1
    assert at("entry", draft) in page
