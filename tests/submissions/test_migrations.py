"""What upgrading does to rows that are there, on the tables as they are now."""

from importlib import import_module

import pytest
from django.apps import apps

from submissions.models import Attachment
from tests.factories import AttachmentFactory, ContestFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
people = import_module("submissions.migrations.0008_forget_undeclared_people")


@pytest.mark.parametrize(
    ("phase", "sent", "kept"),
    [
        ("open", True, None),
        ("eligibility", True, None),
        ("judging", True, False),
        ("judging", False, None),
        ("published", True, False),
        ("archived", True, False),
    ],
)
def test_photos_keep_the_answer_that_nobody_could_give_any_more(phase, sent, kept):
    entry = SubmissionFactory(contest=ContestFactory(phase=phase))
    photo = AttachmentFactory(submission=entry, sent=sent)

    for _again in range(2):
        people.forget_what_nobody_said(apps, None)

    photo.refresh_from_db()
    assert photo.people_shown is kept
    assert Attachment.objects.publishable().exists() is (kept is False)


def test_another_contest_that_is_judged_keeps_no_answer_here():
    AttachmentFactory(submission__contest=ContestFactory(phase="judging"))
    photo = AttachmentFactory(submission__contest=ContestFactory(phase="open"))

    people.forget_what_nobody_said(apps, None)

    photo.refresh_from_db()
    assert photo.people_shown is None


def test_people_who_were_said_to_be_shown_stay_shown():
    photo = AttachmentFactory(people_shown=True, consent=True, consent_holder="Ona")

    people.forget_what_nobody_said(apps, None)

    photo.refresh_from_db()
    assert photo.people_shown is True
