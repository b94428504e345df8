"""How many photos and files an entry may have, by the rules and the server."""

import copy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contest import rulebook
from contest.api.rulebook_serializers import RulebookDocumentSerializer
from contest.differences import differences
from contest.rulebook_problems import problems
from submissions import storage
from tests.api import Person
from tests.factories import (
    AttachmentFactory,
    ContestFactory,
    RepresentativeFactory,
    RulebookVersionFactory,
    SubmissionFactory,
)
from tests.factories.pictures import PDF, picture
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db


def document(**limits):
    return rulebook.template("lkbs") | {"limits": limits}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"
    return storage.folder()


@pytest.fixture
def entry():
    rules = document(photos_per_entry=2, documents_per_entry=1, megabytes_per_entry=3)
    return SubmissionFactory(
        contest=ContestFactory(phase="open", document=rules), state="draft"
    )


@pytest.fixture
def speaker(entry):
    return RepresentativeFactory(organisation=entry.organisation).person


@pytest.fixture
def upload(entry, speaker):
    def upload(content, kind):
        form = {"file": SimpleUploadedFile("a.jpg", content), "kind": kind}
        where = f"submissions/{entry.pk}/attachments/"
        return Person(speaker).post(where, form, format="multipart")

    return upload


def weighing(entry, *, megabytes):
    photo = AttachmentFactory(submission=entry)
    photo.size = megabytes * 1024 * 1024
    photo.save(update_fields=["size"])


def page(entry, speaker, question=""):
    where = reverse("submissions:entry-files", args=[entry.pk])
    return browser_of(speaker).get(f"{where}?question={question}").content.decode()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("photo", picture(size=(90, 60))),
        ("document", PDF),
        ("signed_consent", PDF),
    ],
)
def test_the_rules_limit_photos_and_files_apart(kind, content, entry, upload):
    AttachmentFactory.create_batch(2, submission=entry)
    AttachmentFactory(submission=entry, kind="document")

    refusal = upload(content, kind).json()

    assert refusal["code"] == "too_many_files"
    assert refusal["limit"] == (2 if kind == "photo" else 1)
    assert "what was there is kept" in refusal["detail"]
    assert entry.attachments.count() == 3


def test_the_rules_limit_bytes_together(entry, upload):
    weighing(entry, megabytes=3)

    refusal = upload(picture(), "photo").json()

    assert refusal["code"] == "quota"
    assert "3 MB" in refusal["detail"]


def test_what_is_attached_stays_where_the_rules_ask_for_less(entry, speaker, upload):
    AttachmentFactory.create_batch(2, submission=entry)
    contest = entry.contest
    contest.rulebook = RulebookVersionFactory(
        contest=contest, number=2, document=document(photos_per_entry=1)
    )
    contest.save(update_fields=["rulebook"])

    refusal = upload(picture(), "photo")

    assert refusal.status_code == 409
    assert entry.attachments.count() == 2
    assert "daugiau nepriimama" in page(entry, speaker)


def test_the_server_takes_no_more_than_it_takes(settings, entry, upload):
    settings.ATTACHMENT_MAX_PHOTOS = 1
    AttachmentFactory(submission=entry)

    assert upload(picture(), "photo").json()["limit"] == 1


def test_who_uploads_reads_what_room_is_left(entry, speaker):
    before = page(entry, speaker)
    weighing(entry, megabytes=1)
    after = page(entry, speaker)

    assert "Dar galima pridėti 2 nuotraukas." in before
    assert "Be nuotraukų, dar galima pridėti 1 failą." in before
    assert "Dar galima pridėti 1 nuotrauką." in after
    assert "Liko 2 MB iš 3 MB." in after


@pytest.mark.parametrize(
    ("name", "number", "is_taken"),
    [
        ("photos_per_entry", 15, True),
        ("photos_per_entry", 16, False),
        ("documents_per_entry", 11, False),
        ("megabytes_per_entry", 251, False),
        ("megabytes_per_entry", 0, False),
    ],
)
def test_the_rules_go_up_to_what_the_server_takes(name, number, is_taken):
    shape = RulebookDocumentSerializer(data=document(**{name: number}))

    assert shape.is_valid() is is_taken
    assert is_taken or list(shape.errors["limits"]) == [name]


@pytest.mark.parametrize(("most", "count"), [(1, 1), (2, 0), (None, 0)])
def test_more_required_files_than_an_entry_may_have_are_a_contradiction(most, count):
    asking = {"kind": "file", "title": {"lt": "Failas"}, "required": True}
    rules = document(documents_per_entry=most) | {
        "questions": [{**asking, "code": "one"}, {**asking, "code": "two"}]
    }

    found = [each.field for each in problems(rules)]

    assert found == ["limits.documents_per_entry"] * count


def test_what_earlier_rules_could_not_say_is_no_difference():
    before = document(entries_per_organisation=1)
    after = copy.deepcopy(before)
    after["limits"] |= {"photos_per_entry": None, "documents_per_entry": 3}

    (found,) = differences(before, after)

    assert (found.path, found.before, found.after) == (
        "limits.documents_per_entry",
        None,
        3,
    )
