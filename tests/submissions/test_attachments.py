"""Files of an entry: attaching, changing, removing, sending, who reaches them."""

import hashlib
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from audit.models import Event
from contest.models import Contest
from core import clock
from core.digests import json_digest
from core.errors import NotNow
from submissions import attachments, runner, services, storage
from submissions.file_selectors import files_of
from submissions.intake import Taken
from submissions.models import Attachment, SentAttachment, Submission
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    AssignmentFactory,
    AttachmentFactory,
    CoordinatorFactory,
    RepresentativeFactory,
    SubmissionFactory,
)
from tests.factories.pictures import PDF, picture

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True, "publication": True},
}


@pytest.fixture
def draft():
    return SubmissionFactory(contest__phase="open", state="draft")


@pytest.fixture
def owner(draft):
    return Person(RepresentativeFactory(organisation=draft.organisation).person)


@pytest.fixture
def upload(owner, draft):
    def upload(content=None, name="talka.jpg", kind="photo", headers=None, **facts):
        content = picture() if content is None else content
        form = {"file": SimpleUploadedFile(name, content), "kind": kind, **facts}
        where = f"submissions/{draft.pk}/attachments/"
        return owner.post(where, form, format="multipart", headers=headers)

    return upload


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A folder of one's own, so that what lies in it can be counted."""
    settings.ATTACHMENT_FILES_DIR = tmp_path / "attachments"
    return storage.folder()


def send(draft, owner, version):
    return services.submit(
        submission=draft, expected_version=version, by=owner.user, **SIGNED
    )


def taken(**facts):
    """A small file in its place, as the intake hands it over."""
    partial = storage.partial_path("pdf")
    partial.write_bytes(PDF)
    name, sha256, size = storage.keep(partial)
    return Taken(
        **{
            "name": "a.pdf",
            "content_type": "application/pdf",
            "stored_name": name,
            "preview_name": "",
            "size": size,
            "sha256": sha256,
            "received_sha256": sha256,
            **facts,
        }
    )


# --- Attaching --------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photo_is_kept_as_a_jpeg_that_can_be_fetched(upload, owner, form):
    answer = upload(picture(form), name=f"Žmonės.{form.lower()}")

    shown = answer.json()
    fetched = owner.get(f"attachments/{shown['id']}/file/")
    content = fetched.getvalue()
    assert answer.status_code == 201
    assert (shown["name"], shown["content_type"]) == ("Žmonės.jpg", "image/jpeg")
    assert hashlib.sha256(content).hexdigest() == shown["sha256"]
    assert len(content) == shown["size"]
    assert (
        owner.get(f"attachments/{shown['id']}/preview/").getvalue()[:2] == b"\xff\xd8"
    )


def test_document_is_kept_byte_for_byte(upload, owner):
    shown = upload(PDF, name="sutartis.pdf", kind="document").json()

    assert owner.get(f"attachments/{shown['id']}/file/").getvalue() == PDF
    assert shown["preview"] is None
    assert owner.get(f"attachments/{shown['id']}/preview/").status_code == 404


def test_fetched_file_runs_nowhere(upload, owner):
    shown = upload(name='a"; x=y\u202egpj.html.jpg').json()

    answer = owner.get(f"attachments/{shown['id']}/file/")

    answer.getvalue()
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_stored_names_tell_nothing_of_the_entry(upload, folder):
    upload(name="../../slapta.jpg")

    names = sorted(path.name for path in folder.iterdir())
    assert [len(name) for name in names] == [36, 36]
    assert [name for name in names if "slapta" in name] == []


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.jpg", b"GIF89a", "a GIF picture"),
        ("a.jpg", b"SIMPLE  =   T", "a FITS picture"),
        ("a.svg", b"<?xml version='1.0'?><svg onload='x'/>", "an SVG drawing"),
        ("a.jpg", b"\xef\xbb\xbf <!DOCTYPE html><script>", "a web page"),
        ("a.html.jpg", b"<html>", "a web page"),
        ("a.pdf", b"<?xml version='1.0'?><xsl/>", "an XML document"),
        ("a.pdf", b"PK\x03\x04", "a Word, Excel or ZIP file (save it as PDF)"),
        ("a.jpg", b"II*\x00", "a TIFF picture"),
        ("a.heic", b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1", "a film or a picture"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "a film or a picture"),
        ("a.jpg", b"MZ", "a program"),
        ("a.jpg", b"From: x\nMIME-Version: 1.0", "of a form that is not known here"),
        ("a.pdf", b" %PDF-1.4 %%EOF", "of a form that is not known here"),
    ],
)
def test_other_files_are_named_and_refused(upload, folder, name, content, found):
    answer = upload(content, name=name, kind="document")

    assert answer.status_code == 400
    assert f"“{name}” is {found}" in answer.json()["detail"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (PDF, "photo", "invalid"),
        (PDF[:-10], "document", "unreadable"),
        (picture()[:-400], "photo", "unreadable"),
        (b"\xff\xd8\xff\xe0" + b"<script>" * 99, "photo", "unreadable"),
        (b"", "photo", "empty"),
    ],
)
def test_what_cannot_be_read_leaves_nothing(upload, folder, draft, content, kind, code):
    answer = upload(content, kind=kind)

    assert [error["code"] for error in answer.json()["errors"]] == [code]
    assert (answer.status_code, draft.attachments.count()) == (400, 0)
    assert list(folder.iterdir()) == []


def test_a_pdf_that_is_an_archive_too_is_refused(upload):
    end = b"PK\x05\x06" + bytes(18)

    answer = upload(PDF + end + b"%%EOF", name="a.pdf", kind="document")

    assert "an archive at once" in answer.json()["detail"]


def test_a_name_that_says_otherwise_is_corrected_with_a_note(upload):
    shown = upload(picture("PNG"), name="talka.pdf").json()

    assert shown["name"] == "talka.jpg"
    assert shown["notes"] == [
        "The file is a PNG, whatever its name says; it is called talka.jpg."
    ]


def test_digest_of_the_sender_is_compared(upload, draft):
    content = picture()
    right = hashlib.sha256(content).hexdigest()

    refused = upload(content, sha256="0" * 64)
    accepted = upload(content, sha256=right.upper())

    assert refused.json()["errors"][0]["code"] == "damaged"
    assert accepted.status_code == 201
    assert draft.attachments.count() == 1


def test_file_that_is_too_large_is_refused_with_the_limit(upload, settings, folder):
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024

    a_little = upload(PDF + b" " * 1_100_000 + b"%%EOF", kind="document")
    much = upload(PDF + b" " * 9_000_000 + b"%%EOF", kind="document")

    assert (a_little.status_code, much.status_code) == (413, 413)
    assert "larger than 1 MB" in a_little.json()["detail"]
    assert "has 8 MB; at most 1 MB" in much.json()["detail"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [
        ("ATTACHMENT_MAX_PHOTOS", 1, "too_many_files"),
        ("ATTACHMENT_QUOTA", 1500, "quota"),
    ],
)
def test_limits_of_an_entry_hold(upload, settings, folder, limit, value, code):
    setattr(settings, limit, value)
    upload(picture(size=(80, 60)))

    answer = upload(picture(size=(90, 60)))

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert len(list(folder.iterdir())) == 2


def test_number_of_documents_is_its_own(upload, settings):
    settings.ATTACHMENT_MAX_PHOTOS = settings.ATTACHMENT_MAX_DOCUMENTS = 1
    upload()

    first = upload(PDF, kind="document")
    second = upload(PDF + b"\n%%EOF", kind="signed_consent")

    assert (first.status_code, second.status_code) == (201, 409)


def test_a_disk_without_room_refuses_before_reading(upload, settings, draft):
    settings.DISK_KEEP_FREE = 2**60

    answer = upload()

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert draft.attachments.count() == 0


HOSTILE = ["a\x00b", "\x07", "ą" * 5000, "a\nb", "[]", "null", "-1", ""]


@pytest.mark.parametrize(
    "field",
    [
        *("caption", "author", "licence", "consent_holder", "name", "sha256", "kind"),
        *("people_shown", "minors_shown", "consent", "is_main", "unknown"),
    ],
)
def test_hostile_fields_of_the_form_are_answered_in_words(owner, draft, field):
    owner.client.raise_request_exception = False
    where = f"submissions/{draft.pk}/attachments/"

    answers = []
    for value in HOSTILE:
        file = SimpleUploadedFile("a.pdf", PDF)
        form = {"kind": "document", "file": file, field: value}
        answers.append(owner.post(where, form, format="multipart"))

    assert {answer.status_code for answer in answers} <= {201, 400, 409}
    assert [a for a in answers if a.status_code >= 400 and not a.json()["detail"]] == []


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"", 400),
        ("multipart/form-data", b"--x\r\n", 400),
        ("multipart/form-data; boundary=x", b"garbage", 400),
        ("multipart/form-data; boundary=x", b"--x--\r\n", 400),
        ("multipart/form-data; boundary=" + "x" * 300, b"--x--\r\n", 415),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n" * 2000, 400),
        (
            "multipart/form-data; boundary=x",
            (
                b"--x\r\nContent-Disposition: form-data; name=file; filename=a.pdf\r\n"
                b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n"
            ),
            400,
        ),
        (
            "multipart/form-data; boundary=x",
            (
                b'--x\r\nContent-Disposition: form-data; name="other"; filename="a.pdf"'
                b"\r\n\r\n%PDF-\r\n--x--\r\n"
            ),
            400,
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--',
            400,
        ),
        ("application/json", b"{}", 415),
        ("text/plain", b"x", 415),
    ],
)
def test_body_that_is_no_form_is_answered_in_words(
    owner, draft, folder, content_type, body, status
):
    owner.client.raise_request_exception = False
    where = f"/api/v1/submissions/{draft.pk}/attachments/"

    answer = owner.client.generic("POST", where, body, content_type)

    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
    assert list(folder.iterdir()) == []


# --- The same once more -----------------------------------------------------------


def test_the_same_key_gives_the_first_answer_and_attaches_once(upload, draft, folder):
    key = {"idempotency-key": "nuotrauka-1"}
    content = picture()

    first, second = (upload(content, headers=key) for _ in range(2))

    assert second.json() == first.json()
    assert second["Idempotency-Replayed"] == "true"
    assert draft.attachments.count() == 1
    assert len(list(folder.iterdir())) == 2


def test_the_same_key_with_another_file_is_refused(upload, draft):
    key = {"idempotency-key": "nuotrauka-1"}
    upload(headers=key)

    answer = upload(picture(size=(99, 60)), headers=key)

    assert (answer.status_code, draft.attachments.count()) == (422, 1)


def test_the_same_file_without_a_key_is_told_where_it_is(upload):
    first = upload().json()

    second = upload(name="kitaip.jpg")

    assert (second.status_code, second.json()["code"]) == (409, "already_attached")
    assert second.json()["attachment"] == first["id"]


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_of_the_same_file_at_once_one_is_attached(draft, owner):
    files = [taken() for _ in range(4)]

    outcomes = at_once(
        [
            lambda file=file: attachments.attach(
                submission=draft,
                kind="document",
                file=file,
                began_at=clock.now(),
                by=owner.user,
            )
            for file in files
        ]
    )

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["Attachment", "Conflict", "Conflict", "Conflict"]
    draft.refresh_from_db()
    assert draft.version == 2


# --- The deadline -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-1, True), (0, False), (1, False), (-870, True)]
)
def test_an_upload_is_judged_by_its_first_byte(draft, owner, seconds, accepted):
    closed = clock.database_now() - timedelta(seconds=2)
    Contest.objects.update(closes_at=closed)
    began = closed + timedelta(seconds=seconds)
    if seconds < -60:  # began so long ago that the grace is nearly used up
        began = clock.database_now() + timedelta(seconds=seconds)

    def attach():
        return attachments.attach(
            submission=draft,
            kind="document",
            file=taken(),
            began_at=began,
            by=owner.user,
        )

    if accepted:
        assert attach().pk
    else:
        with pytest.raises(NotNow):
            attach()


def test_grace_has_an_end(draft, owner, settings):
    Contest.objects.update(closes_at=clock.database_now() - timedelta(seconds=2))
    began = clock.database_now() - settings.ATTACHMENT_GRACE - timedelta(seconds=1)

    with pytest.raises(NotNow):
        attachments.attach(
            submission=draft,
            kind="document",
            file=taken(),
            began_at=began,
            by=owner.user,
        )


def test_proxy_says_how_long_it_kept_a_request(upload, settings):
    Contest.objects.update(closes_at=clock.now() - timedelta(seconds=30))
    kept = {"x-request-age": "60.5"}

    unknown = upload(headers=kept)
    settings.REQUEST_AGE_HEADER = "X-Request-Age"
    odd = [upload(headers={"x-request-age": a}) for a in ("-9", "nan", "inf", "x")]
    believed = upload(headers=kept)

    assert (unknown.status_code, believed.status_code) == (403, 201)
    assert {answer.status_code for answer in odd} == {403}


# --- Changing and removing --------------------------------------------------------


def test_each_change_counts_as_one_of_the_entry(upload, owner, draft):
    shown = upload().json()
    where = f"attachments/{shown['id']}/"
    send(draft, owner, shown["submission_version"])

    owner.patch(where, {"caption": "Talka", "version": 1})
    draft.refresh_from_db()
    changed = draft.has_unsent_changes
    owner.delete(where)

    draft.refresh_from_db()
    assert (changed, draft.version) == (True, 4)


def test_change_over_a_newer_one_is_told_both(upload, owner):
    where = f"attachments/{upload().json()['id']}/"
    owner.patch(where, {"caption": "Pirmas", "version": 1})

    stale = owner.patch(where, {"caption": "Antras", "version": 1})

    assert (stale.status_code, stale.json()["current"]["caption"]) == (412, "Pirmas")
    assert owner.patch(where, {"caption": "X"}).status_code == 428


def test_order_is_changed_by_naming_a_place(upload, owner, draft):
    ids = [upload(picture(size=(80 + n, 60))).json()["id"] for n in range(3)]

    owner.patch(f"attachments/{ids[2]}/", {"position": 1, "version": 1})

    listed = owner.get(f"submissions/{draft.pk}/attachments/").json()["results"]
    assert [file["id"] for file in listed] == [ids[2], ids[0], ids[1]]
    assert [file["position"] for file in listed] == [1, 2, 3]


def test_one_photo_is_the_main_one(upload, owner, draft):
    ids = [
        upload(picture(size=(80 + n, 60)), is_main=True).json()["id"] for n in (1, 2)
    ]
    document = upload(PDF, kind="document").json()["id"]

    refused = owner.patch(f"attachments/{document}/", {"is_main": True, "version": 1})

    assert refused.status_code == 400
    main = draft.attachments.filter(is_main=True)
    assert [str(photo.pk) for photo in main] == [ids[1]]


def test_consent_names_who_keeps_it(upload):
    answer = upload(people_shown=True, consent=True)

    assert [e["field"] for e in answer.json()["errors"]] == ["consent_holder"]


def test_missing_consent_is_told_and_blocks_nothing(upload):
    shown = upload(minors_shown=True).json()

    assert shown["people_shown"] is True
    assert [w for w in shown["warnings"] if "will not be published" in w] != []


def test_photo_whose_people_nobody_declared_is_told_and_not_public(
    upload, owner, draft
):
    shown = upload(name="talka.jpg").json()
    send(draft, owner, version=2)

    entry = owner.get(f"submissions/{draft.pk}/").json()

    assert shown["people_shown"] is None
    assert [w for w in shown["warnings"] if "It is not said" in w] != []
    assert [w for w in entry["warnings"] if "talka.jpg" in w] != []
    assert list(Attachment.objects.publishable()) == []


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ({"people_shown": False}, True),
        ({"people_shown": True}, False),
        ({"consent": True, "consent_holder": "Ona"}, True),
    ],
)
def test_what_is_said_of_a_photo_decides(said, public, upload, owner, draft):
    shown = upload(**said).json()
    send(draft, owner, version=2)

    entry = owner.get(f"submissions/{draft.pk}/").json()

    assert shown["people_shown"] is said.get("people_shown", True)
    assert [w for w in entry["warnings"] if "recognised" in w] == []
    assert Attachment.objects.publishable().exists() is public


def test_a_photos_consent_keeps_who_said_it_and_in_which_words(upload, owner, draft):
    draft.organisation.representatives.update(name="Ona Onaitė", role="pirmininkė")
    agreed = {"people_shown": True, "consent": True, "consent_holder": "Jonas"}
    shown = upload(**agreed).json()
    where = f"attachments/{shown['id']}/"

    owner.patch(where, {"caption": "Talka", "version": 1})
    owner.patch(where, {"consent": False, "version": 2})
    owner.patch(where, {"consent": True, "version": 3})
    owner.post(f"{where}withdraw-consent/", {"reason": "Prašo"})

    kept = list(draft.consent_changes.all())
    assert [each.given for each in kept] == [True, False, True, False]
    assert {
        (each.consent, each.signed_by, each.signed_role, each.texts_version)
        for each in kept
    } == {("photo", "Ona Onaitė", "pirmininkė", "1")}
    assert {str(each.attachment_id) for each in kept} == {shown["id"]}
    assert {each.language for each in kept} == {"en"}


def test_a_photo_that_was_never_sent_goes_with_its_consents(upload, owner, draft):
    shown = upload(consent=True, consent_holder="Jonas").json()

    answer = owner.delete(f"attachments/{shown['id']}/")

    assert answer.status_code == 204
    assert not draft.consent_changes.exists()


def test_consent_can_be_withdrawn_where_nothing_was_said():
    photo = AttachmentFactory(people_shown=None)
    owner = people_of(photo.submission)["owner"]

    owner.post(f"attachments/{photo.pk}/withdraw-consent/", {"reason": "Prašo"})

    photo.refresh_from_db()
    assert (photo.people_shown, photo.may_be_shown) == (True, False)


def test_file_that_was_never_sent_is_deleted(
    upload, owner, folder, django_capture_on_commit_callbacks
):
    shown = upload().json()

    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.delete(f"attachments/{shown['id']}/")

    assert answer.status_code == 204
    assert list(folder.iterdir()) == []
    assert Attachment.objects.count() == 0


def test_file_that_was_sent_stays_with_its_version(
    upload, owner, draft, django_capture_on_commit_callbacks
):
    shown = upload().json()
    send(draft, owner, 2)

    with django_capture_on_commit_callbacks(execute=True):
        owner.delete(f"attachments/{shown['id']}/")

    listed = owner.get(f"submissions/{draft.pk}/attachments/").json()["results"]
    fetched = owner.get(f"attachments/{shown['id']}/file/")
    assert listed == []
    assert hashlib.sha256(fetched.getvalue()).hexdigest() == shown["sha256"]
    assert owner.patch(
        f"attachments/{shown['id']}/", {"caption": "X", "version": 1}
    ).json()["code"] == ("removed")


def test_receipt_covers_the_files(upload, owner, draft):
    shown = upload(caption="Talka").json()

    receipt = send(draft, owner, 2)

    content = receipt.content
    (file,) = content.document["files"]
    assert (file["id"], file["sha256"]) == (shown["id"], shown["sha256"])
    assert receipt.sha256 == json_digest(content.document, salt=content.salt)
    assert [sent.attachment_id for sent in receipt.files.all()] == [
        Attachment.objects.get().pk
    ]


def test_each_act_is_recorded_once(upload, owner):
    shown = upload().json()
    owner.patch(f"attachments/{shown['id']}/", {"caption": "X", "version": 1})
    owner.delete(f"attachments/{shown['id']}/")

    actions = Event.objects.filter(subject_id=shown["id"]).values_list("action")
    assert sorted(action for (action,) in actions) == [
        "submissions.attach",
        "submissions.change_attachment",
        "submissions.remove_attachment",
    ]


# --- Who reaches what -------------------------------------------------------------


@pytest.fixture
def judged():
    """An eligible entry with a photo, a consent, and a photo added after sending."""
    entry = SubmissionFactory()
    files = {
        "photo": AttachmentFactory(submission=entry),
        "paper": AttachmentFactory(submission=entry, kind="signed_consent"),
        "unsent": AttachmentFactory(submission=entry, sent=False),
    }
    Attachment.objects.filter(pk=files["photo"].pk).update(caption="Nauja")
    return entry, files


def people_of(entry):
    return {
        "owner": Person(RepresentativeFactory(organisation=entry.organisation).person),
        "juror": Person(AssignmentFactory(submission=entry).juror.person),
        "coordinator": Person(CoordinatorFactory(contest=entry.contest).person),
        "stranger": Person(RepresentativeFactory().person),
        "visitor": Person(),
    }


def test_everybody_reaches_what_is_theirs_to_see(judged):
    entry, files = judged

    reached = {}
    for who, person in people_of(entry).items():
        found = set()
        for name, file in files.items():
            answers = [
                person.get(f"attachments/{file.pk}/{rest}")
                for rest in ("", "file/", "preview/")
            ]
            for answer in answers[1:]:
                if answer.streaming:
                    answer.getvalue()
            (status,) = {answer.status_code for answer in answers}
            if status == 200:
                found.add(name)
        reached[who] = found

    assert reached == {
        "owner": {"photo", "paper", "unsent"},
        "juror": {"photo"},
        "coordinator": {"photo", "paper"},
        "stranger": set(),
        "visitor": set(),
    }


def test_lists_show_what_can_be_reached_in_the_words_that_were_sent(judged):
    entry, files = judged
    where = f"submissions/{entry.pk}/attachments/"
    names = {str(file.pk): name for name, file in files.items()}
    people = people_of(entry)

    listed = {}
    for who in ("owner", "juror", "coordinator"):
        rows = people[who].get(where).json()["results"]
        listed[who] = {names[row["id"]]: row["caption"] for row in rows}

    assert listed == {
        "owner": {"photo": "Nauja", "paper": "Talka", "unsent": "Talka"},
        "juror": {"photo": "Talka"},
        "coordinator": {"photo": "Talka", "paper": "Talka"},
    }


def test_juror_is_not_told_who_keeps_consents(judged):
    entry, files = judged
    juror = people_of(entry)["juror"]

    shown = juror.get(f"attachments/{files['photo'].pk}/").json()

    assert {"consent_holder", "minors_shown"} & set(shown) == set()


def test_words_of_an_erased_version_are_gone(judged):
    entry, files = judged
    content = entry.current_version.content
    content.document = {"title": "–"}
    content.save()

    shown = people_of(entry)["juror"].get(f"attachments/{files['photo'].pk}/").json()

    assert (shown["caption"], shown["author"]) == ("", "")


def test_opening_a_paper_is_recorded(judged):
    entry, files = judged
    coordinator = people_of(entry)["coordinator"]

    coordinator.get(f"attachments/{files['paper'].pk}/file/").getvalue()

    event = Event.objects.get(action="submissions.open_paper")
    assert event.actor_id == coordinator.user.pk


def test_lost_file_is_a_sentence(judged):
    entry, files = judged
    storage.remove(files["photo"].stored_name)

    answer = people_of(entry)["owner"].get(f"attachments/{files['photo'].pk}/file/")

    assert (answer.status_code, answer.json()["code"]) == (409, "file_gone")


# --- Publishing -------------------------------------------------------------------


def test_only_photos_that_may_be_shown_are_publishable():
    entry = SubmissionFactory()
    agreed = {"people_shown": True, "consent": True, "consent_holder": "Ona"}
    shown = [
        AttachmentFactory(submission=entry),
        AttachmentFactory(submission=entry, **agreed),
    ]
    AttachmentFactory(submission=entry, people_shown=True)
    AttachmentFactory(submission=entry, people_shown=None)
    AttachmentFactory(submission=entry, sent=False)
    AttachmentFactory(submission=entry, kind="document")
    AttachmentFactory(submission=SubmissionFactory(state="draft"))
    later = AttachmentFactory(submission=entry, people_shown=True)
    Attachment.objects.filter(pk=later.pk).update(consent=True)  # not when it was sent

    assert set(Attachment.objects.publishable()) == set(shown)


def test_entry_without_consent_to_publish_publishes_no_photo():
    entry = AttachmentFactory().submission
    Submission.objects.filter(pk=entry.pk).update(publication_allowed=False)

    assert list(Attachment.objects.publishable()) == []


def test_consent_can_be_withdrawn_at_any_time():
    photo = AttachmentFactory(submission__contest__phase="archived")
    owner = people_of(photo.submission)["owner"]
    where = f"attachments/{photo.pk}/withdraw-consent/"
    before = list(Attachment.objects.publishable())

    answers = [owner.post(where, {"reason": "Motina prašo"}) for _ in range(2)]

    assert before == [photo]
    assert {answer.status_code for answer in answers} == {200}
    assert list(Attachment.objects.publishable()) == []
    event = Event.objects.get(action="submissions.withdraw_photo_consent")
    assert event.reason == "Motina prašo"


# --- Bulk and sweeping ------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_files_of_a_contest_are_found_in_one_query(count, django_assert_num_queries):
    entry = SubmissionFactory()
    names = [f"a{n}.jpg" for n in range(count)]
    for name in names:
        AttachmentFactory(submission=entry, name=name)
    AttachmentFactory(submission=entry, kind="personal")
    AttachmentFactory(submission=SubmissionFactory())

    with django_assert_num_queries(1):
        found = list(files_of(entry.contest))

    assert [file.member for file in found] == [
        f"{entry.reference}/{n:02d}-{name}" for n, name in enumerate(names, start=1)
    ]
    assert [hashlib.sha256(file.path.read_bytes()).hexdigest() for file in found] == [
        file.sha256 for file in found
    ]
    assert len(list(files_of(entry.contest, with_private=True))) == count + 1


def test_sweeper_removes_old_files_without_a_row(folder, draft):
    kept = AttachmentFactory(submission=draft)
    old = [folder / "0.jpg", folder / "1.jpg.part"]
    for path in (*old, folder / kept.stored_name, folder / kept.preview_name):
        path.touch()
        aged(path)
    (folder / "new.jpg").touch()

    removed = runner.remove_orphaned_attachments()

    assert removed == 2
    assert {path.name for path in folder.iterdir()} == {
        kept.stored_name,
        kept.preview_name,
        "new.jpg",
    }


def aged(path):
    day = 25 * 3600
    os.utime(path, (path.stat().st_atime - day, path.stat().st_mtime - day))


def test_sendings_are_never_changed(judged):
    entry, _files = judged

    sent = entry.current_version.files.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SentAttachment.objects.filter(pk=sent.pk).update(may_be_shown=False)
