"""Files, sending, the receipt, and what is done to an entry beside its form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contest import rulebook
from submissions.models import Submission
from tests.factories import (
    AttachmentFactory,
    ContestFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.factories.pictures import picture
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}
SIGNED = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}


@pytest.fixture
def owner():
    return RepresentativeFactory()


@pytest.fixture
def entry(owner):
    return SubmissionFactory(
        contest=ContestFactory(phase="open"),
        organisation=owner.organisation,
        state="draft",
    )


@pytest.fixture
def browser(owner):
    return browser_of(owner.person)


def at(entry, name, *words):
    return reverse(f"submissions:{name}", args=[entry.pk, *words])


def stored(entry):
    return Submission.objects.get(pk=entry.pk)


def send(browser, entry, **changed):
    form = {**SIGNED, "version": entry.version, "consents.processing": "on"}
    return browser.post(at(entry, "entry-send"), form | changed)


def photo():
    return SimpleUploadedFile("talka.jpg", picture(), content_type="image/jpeg")


def test_an_entry_is_sent_and_its_receipt_shown(browser, entry):
    led = send(browser, entry)
    page = browser.get(led["Location"]).content.decode()

    version = stored(entry).current_version
    assert led["Location"] == at(entry, "receipt")
    assert version.sha256 in page
    assert stored(entry).reference in page
    assert "Ona Onaitė, pirmininkė" in page


@pytest.mark.parametrize(
    ("lacking", "field"),
    [("signed_by", "id_signed_by"), ("consents.processing", "id_consents.processing")],
)
def test_without_name_or_consent_nothing_is_sent(lacking, field, browser, entry):
    answer = send(browser, entry, **{lacking: ""})

    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.content.decode()
    assert stored(entry).state == "draft"


def test_what_is_missing_is_named_and_linked(browser, entry):
    Submission.objects.filter(pk=entry.pk).update(summary="")

    answer = send(browser, entry)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert f"{at(entry, 'entry-part', 'project')}#id_summary" in page
    assert 'value="Ona Onaitė"' in page


def test_a_stale_entry_is_not_sent(browser, entry):
    Submission.objects.filter(pk=entry.pk).update(version=5)

    assert send(browser, entry).status_code == 412


def test_changes_that_are_not_sent_are_told(browser, entry):
    send(browser, entry)
    Submission.objects.filter(pk=entry.pk).update(version=5)

    pages = [browser.get(at(entry, n)).content.decode() for n in ("entry", "receipt")]

    assert all('class="notice note"' in page for page in pages)


def test_without_a_sending_there_is_no_receipt(browser, entry):
    assert browser.get(at(entry, "receipt"))["Location"] == at(entry, "entry")


def test_a_photo_is_attached_with_its_author(browser, entry):
    answer = browser.post(
        at(entry, "entry-files"),
        {"file": photo(), "kind": "photo", "author": "Jonas", "people_shown": "yes"},
    )

    made = entry.attachments.get()
    assert answer.status_code == 302
    assert (made.author, made.people_shown, made.may_be_shown) == ("Jonas", True, False)
    assert made.name in browser.get(at(entry, "entry-files")).content.decode()


def test_the_list_of_tasks_asks_whether_people_are_shown(browser, entry):
    browser.post(at(entry, "entry-files"), {"file": photo(), "kind": "photo"})
    made = entry.attachments.get()
    question = f"{at(entry, 'entry-file', made.pk)}#id_people_shown"

    asked = [
        question in browser.get(at(entry, name)).content.decode()
        for name in ("entry", "entry-files")
    ]
    before = browser.get(at(entry, "entry-send")).content.decode()
    browser.post(at(entry, "entry-file", made.pk), {"version": 1, "people_shown": "no"})
    after = browser.get(at(entry, "entry")).content.decode()

    made.refresh_from_db()
    assert asked == [True, True]
    assert "talka.jpg" in before
    assert question not in after
    assert made.may_be_shown
    form = browser.get(at(entry, "entry-file", made.pk)).context["form"]
    assert form["people_shown"].value() == "no"


def test_the_script_of_the_page_is_answered_in_short(browser, entry):
    address = at(entry, "entry-files")
    sent = [
        browser.post(address, {"file": photo(), "kind": "photo"}, **JSON)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in sent] == [201, 409]
    assert sent[0].json()["name"] == "talka.jpg"
    assert len(sent[1].json()["errors"]) == 1


@pytest.mark.parametrize(
    ("content", "status"), [(b"GIF89a", 400), (b"", 400), (b"x" * 99, 400)]
)
def test_what_is_no_photo_is_refused_in_words(content, status, browser, entry):
    file = SimpleUploadedFile("a.jpg", content)

    answer = browser.post(at(entry, "entry-files"), {"file": file, "kind": "photo"})

    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert not entry.attachments.exists()


def test_an_upload_without_its_token_is_refused_and_kept_nowhere(owner, entry):
    browser = browser_of(owner.person)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(at(entry, "entry-files"), {"file": photo(), "kind": "photo"})

    assert answer.status_code == 403
    assert not entry.attachments.exists()


def test_a_file_is_described_and_taken_out(browser, entry):
    file = AttachmentFactory(submission=entry)
    address = at(entry, "entry-file", file.pk)

    browser.post(address, {"version": 1, "caption": "Nauja", "is_main": "on"})
    file.refresh_from_db()
    browser.post(address, {"version": 2, "remove": "1"})

    assert (file.caption, file.is_main) == ("Nauja", True)
    assert not entry.attachments.exists()


def test_what_was_said_of_a_file_meanwhile_is_not_overwritten(browser, entry):
    file = AttachmentFactory(submission=entry, version=3)

    answer = browser.post(
        at(entry, "entry-file", file.pk), {"version": 2, "caption": "Nauja"}
    )

    assert answer.status_code == 412
    assert 'value="Nauja"' in answer.content.decode()


def test_a_draft_is_shared_withdrawn_and_taken_back(browser, entry):
    browser.post(at(entry, "entry-share"), {"shared": "yes"})
    shared = stored(entry).shared_at
    browser.post(at(entry, "entry-withdraw"), {"reason": "Persigalvojome"})
    withdrawn = stored(entry).state
    browser.post(at(entry, "entry-restore"), {"reason": "Apsigalvojome"})

    assert shared is not None
    assert withdrawn == "withdrawn"
    assert stored(entry).state == "draft"


def test_the_consent_to_publish_is_taken_back_at_any_time(browser, entry):
    send(browser, entry, **{"consents.publication": "on"})
    allowed = stored(entry).publication_allowed

    browser.post(at(entry, "entry-consent"), SIGNED)

    assert allowed
    assert not stored(entry).publication_allowed


def test_an_entry_that_others_prepared_is_confirmed(owner):
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "nominator"]}
    helper = RepresentativeFactory()
    entry = SubmissionFactory(
        contest=ContestFactory(phase="open", document=document),
        organisation=owner.organisation,
        entered_by="nominator",
        prepared_by=helper.organisation,
        state="draft",
    )

    refused = send(browser_of(helper.person), entry)
    browser_of(owner.person).post(
        at(entry, "entry-confirm"), {**SIGNED, "version": entry.version}
    )
    taken = send(browser_of(helper.person), entry)

    assert (refused.status_code, taken.status_code) == (409, 302)


def test_a_request_to_correct_stands_on_top(browser, owner):
    entry = SubmissionFactory(
        contest=ContestFactory(phase="eligibility"),
        organisation=owner.organisation,
        state="returned",
        returned_reason="Trūksta santraukos",
        returned_fields=["summary"],
    )

    pages = [
        browser.get(address).content.decode()
        for address in (at(entry, "entry"), at(entry, "entry-part", "project"))
    ]

    assert all("Trūksta santraukos" in page for page in pages)
    assert 'id="id_summary"' in pages[1]


def test_last_years_answers_are_offered_and_marked_as_old(browser, entry, owner):
    series = entry.contest.series
    SubmissionFactory(
        contest=ContestFactory(phase="published", series=series, edition="2025"),
        organisation=owner.organisation,
        measure="LEADER-1",
    )
    page = browser.get(at(entry, "entry-recall")).content.decode()
    number = page.split("LEADER-1")[0].rsplit('name="take" value="', 1)[1][:2]

    browser.post(at(entry, "entry-recall"), {"take": number.strip('"')})

    assert "2025" in page
    assert stored(entry).measure == "LEADER-1"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("entry", 25), ("entry-files", 13), ("entry-print", 13)]
)
def test_a_page_asks_as_much_for_many_files_as_for_one(
    name, queries, count, browser, entry, django_assert_max_num_queries
):
    for _ in range(count):
        AttachmentFactory(submission=entry)

    with django_assert_max_num_queries(queries):
        browser.get(at(entry, name))


def test_the_whole_entry_says_which_version_it_is(browser, entry):
    AttachmentFactory(submission=entry, caption="Talka prie šaltinio", author="Jonas")
    where = at(entry, "entry-print")
    before = browser.get(where).content.decode()
    send(browser, entry)
    sent_title = entry.title
    as_sent = browser.get(where).content.decode()
    Submission.objects.filter(pk=entry.pk).update(title="Pakeista", version=9)
    changed = browser.get(where).content.decode()
    entered = browser.get(f"{where}?sent").content.decode()

    assert "Ši paraiška dar nepateikta." in before
    assert "Tai paraiška, kokia ji pateikta" in as_sent
    assert "Talka prie šaltinio<br>Nuotr. aut. Jonas" in as_sent
    assert "su nepateiktais pakeitimais" in changed
    assert f'href="{where}?sent"' in changed
    assert f"<h1>{sent_title}</h1>" in entered
    assert "Vėlesnių pakeitimų čia nėra." in entered
    assert "Pakeista" not in entered


def test_the_sending_shows_title_and_photos_of_the_whole_entry(browser, entry):
    AttachmentFactory(submission=entry, caption="Talka prie šaltinio")

    page = browser.get(at(entry, "entry-send")).content.decode()

    assert f"<dd>{entry.title}</dd>" in page
    assert "Talka prie šaltinio" in page
