"""Photos that were sent without a word about who is seen: it is said afterwards."""

import pytest
from django.urls import reverse

from audit.models import Event
from submissions.models import Attachment, Submission
from tests.api import Person
from tests.factories import AttachmentFactory, RepresentativeFactory, SubmissionFactory
from tests.policy.pages import browser_of

pytestmark = pytest.mark.django_db

SIGNED = {"signed_by": "Ona Onaitė", "signed_role": "pirmininkė"}
NOBODY = {"people_shown": False, **SIGNED}
AGREED = {"people_shown": True, "consent": True, "consent_holder": "Jonas", **SIGNED}


def undeclared(phase="judging", **facts):
    entry = SubmissionFactory(contest__phase=phase, publication_allowed=True)
    return AttachmentFactory(submission=entry, people_shown=None, **facts)


def speaker_of(photo):
    return RepresentativeFactory(organisation=photo.submission.organisation).person


def declare(photo, person, body):
    return Person(person).post(f"attachments/{photo.pk}/declare/", body, "json")


def is_public(photo):
    return Attachment.objects.publishable().filter(pk=photo.pk).exists()


def at(name, photo):
    return reverse(f"submissions:{name}", args=[photo.submission_id, photo.pk])


@pytest.mark.parametrize(
    ("said", "public"),
    [
        (NOBODY, True),
        (AGREED, True),
        ({"people_shown": True, **SIGNED}, False),
        ({"people_shown": False, "minors_shown": True, **SIGNED}, False),
    ],
)
def test_what_is_said_afterwards_decides_at_once(said, public):
    photo = undeclared()
    before = is_public(photo)

    answer = declare(photo, speaker_of(photo), said)

    assert (before, answer.status_code, is_public(photo)) == (False, 200, public)


def test_what_was_sent_and_the_entry_stay_as_they_are():
    photo = undeclared()
    entry = Submission.objects.get(pk=photo.submission_id)
    receipt, document = entry.current_version.sha256, entry.sent_document

    declare(photo, speaker_of(photo), AGREED)

    now = Submission.objects.get(pk=entry.pk)
    assert (now.state, now.version) == (entry.state, entry.version)
    assert not now.has_unsent_changes
    assert now.current_version.sha256 == receipt
    assert now.sent_document == document


def test_who_said_it_is_kept_with_name_role_and_words():
    photo = undeclared()
    person = speaker_of(photo)

    declare(photo, person, AGREED)

    kept = photo.submission.consent_changes.get()
    said = (kept.consent, kept.given, kept.signed_by, kept.signed_role)
    assert said == ("photo", True, "Ona Onaitė", "pirmininkė")
    assert (kept.attachment_id, kept.by_id) == (photo.pk, person.pk)
    event = Event.objects.get(action="submissions.declare_photo")
    assert event.details["consent"] is True


def test_it_is_said_once_and_consent_can_be_taken_back():
    photo = undeclared()
    person = speaker_of(photo)
    declare(photo, person, NOBODY)

    again = declare(photo, person, {"people_shown": True, **SIGNED})
    still = is_public(photo)
    where = f"attachments/{photo.pk}/withdraw-consent/"
    Person(person).post(where, {"reason": "Motina prašo"})

    assert again.json()["code"] == "declared_already"
    assert (still, is_public(photo)) == (True, False)


def test_who_agrees_later_lets_the_photo_be_published():
    photo = undeclared()
    person = speaker_of(photo)
    declare(photo, person, {"people_shown": True, **SIGNED})
    before = is_public(photo)

    answer = declare(photo, person, AGREED)

    assert (before, answer.status_code, is_public(photo)) == (False, 200, True)
    kept = photo.submission.consent_changes.values_list("given", flat=True)
    assert list(kept) == [False, True]


def test_what_somebody_shown_took_back_the_organisation_cannot_give():
    photo = undeclared()
    person = speaker_of(photo)
    declare(photo, person, AGREED)
    where = f"attachments/{photo.pk}/withdraw-consent/"
    Person(person).post(where, {"reason": "Motina prašo"})

    again = declare(photo, person, AGREED)

    assert again.json()["code"] == "consent_withdrawn"
    assert not is_public(photo)
    assert not Attachment.objects.declarable().exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (SIGNED, "people_shown"),
        ({**NOBODY, "people_shown": None}, "people_shown"),
        ({**AGREED, "consent_holder": ""}, "consent_holder"),
        ({"people_shown": False, "signed_by": "Ona"}, "signed_role"),
        ({**NOBODY, "signed_by": "a\x00"}, "signed_by"),
    ],
)
def test_what_is_not_whole_is_named_and_changes_nothing(body, field):
    photo = undeclared()

    refusal = declare(photo, speaker_of(photo), body)

    assert refusal.status_code == 400
    assert [error["field"] for error in refusal.json()["errors"]] == [field]
    assert not photo.submission.consent_changes.exists()


@pytest.mark.parametrize("phase", ["open", "archived"])
def test_it_has_its_time(phase):
    photo = undeclared(phase)

    assert declare(photo, speaker_of(photo), NOBODY).status_code == 403
    assert not is_public(photo)


def test_it_is_the_organisations_to_say():
    photo = undeclared()

    assert declare(photo, RepresentativeFactory().person, NOBODY).status_code == 404


def test_a_photo_that_was_not_sent_is_no_part_of_it():
    photo = undeclared(sent=False)

    assert declare(photo, speaker_of(photo), NOBODY).status_code == 409


# --- Pages ------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["entry", "receipt"])
@pytest.mark.parametrize("phase", ["judging", "archived"])
def test_entry_and_receipt_lead_there_while_it_may_be_said(phase, page):
    photo = undeclared(phase)
    browser = browser_of(speaker_of(photo))
    where = reverse(f"submissions:{page}", args=[photo.submission_id])

    before = browser.get(where).content.decode()
    Attachment.objects.filter(pk=photo.pk).update(people_shown=False)
    after = browser.get(where).content.decode()

    assert (at("declare-photo", photo) in before) is (phase == "judging")
    assert at("declare-photo", photo) not in after


def test_a_photo_whose_people_did_not_agree_yet_is_asked_about():
    photo = undeclared()
    Attachment.objects.filter(pk=photo.pk).update(people_shown=True, minors_shown=True)
    browser = browser_of(speaker_of(photo))

    entry = browser.get(reverse("submissions:entry", args=[photo.submission_id]))
    form = browser.get(at("declare-photo", photo)).context["form"]

    assert "ar visi, kurie joje matomi, jau sutiko?" in entry.content.decode()
    asked, minors = form["people_shown"], form["minors_shown"]
    assert (asked.value(), minors.value()) == ("yes", True)
    assert asked.field.required


def test_the_page_says_what_becomes_of_the_photo():
    photo = undeclared()
    browser = browser_of(speaker_of(photo))
    where = at("declare-photo", photo)

    empty = browser.post(where, SIGNED)
    said = {"people_shown": "yes", "consent": "on", "consent_holder": "Jonas"}
    done = browser.post(where, {**said, **SIGNED}, follow=True)
    late = browser.post(where, {"people_shown": "no", **SIGNED})

    assert "people_shown" in empty.context["form"].errors
    assert "Dabar nuotrauką galima skelbti" in done.content.decode()
    assert is_public(photo)
    assert late.status_code == 409
    assert "jau nurodyta" in late.content.decode()
