import hashlib
import secrets
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from core import clock
from core.digests import json_digest
from submissions import storage
from submissions.content import freeze, freeze_files
from submissions.models import (
    Assignment,
    Attachment,
    Award,
    Extension,
    JurorExtension,
    SentAttachment,
    Submission,
    SubmissionVersion,
    VersionContent,
)
from tests.factories.accounts import UserFactory
from tests.factories.contest import ContestFactory, JurorFactory, SeriesFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.pictures import picture

State = Submission.State
SALT = "00112233445566778899aabbccddeeff"


class SubmissionFactory(DjangoModelFactory):
    """An eligible entry with one frozen version, of a contest in judging.

    ``state="draft"`` was never sent; ``content__title`` and so on are simply fields.
    """

    class Meta:
        model = Submission

    contest = factory.SubFactory(ContestFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    state = State.ELIGIBLE
    title = factory.Sequence(lambda n: f"Projektas {n}")
    summary = "Kas padaryta"
    innovation = "Kas nauja"
    success = "Kas pavyko"
    social_responsibility = "Kam tai naudinga"
    contact_name = "Ona Onaitė"
    contact_email = "ona@example.org"
    contact_phone = "+370 600 00001"
    created_by_id = factory.LazyFunction(lambda: UserFactory().pk)

    @classmethod
    def _create(cls, model_class, *args, state, **fields):
        entry = super()._create(model_class, *args, **fields)
        if state != State.DRAFT:
            send(entry, state)
        return entry


def in_collection(contest):
    """Tell when an entry can have been sent: now, or shortly before it was too late."""
    return min(clock.now(), contest.deadline - timedelta(hours=1))


def send(entry, state=State.SUBMITTED):
    """Freeze the working copy as the entered version, as a sending does."""
    entry.current_version = SubmissionVersionFactory(submission=entry)
    entry.submitted_at = entry.current_version.submitted_at
    entry.publication_allowed = True
    if not entry.reference:
        entry.contest.last_reference += 1
        entry.contest.save(update_fields=["last_reference"])
        number = entry.contest.last_reference
        entry.reference = f"{entry.contest.reference_prefix}-{number:03d}"
    entry.state = state
    if state == State.WITHDRAWN:
        entry.withdrawn_from = State.SUBMITTED
    if state == State.RETURNED:
        entry.returned_until = clock.now() + timedelta(days=1)
    if state in {State.ELIGIBLE, State.INELIGIBLE}:
        entry.decided_at = clock.now()
    entry.save()


class SubmissionVersionFactory(DjangoModelFactory):
    """The receipt and content of sending an entry's working copy as it stands."""

    class Meta:
        model = SubmissionVersion
        skip_postgeneration_save = True

    submission = factory.SubFactory(SubmissionFactory, state=State.DRAFT)
    number = factory.LazyAttribute(lambda o: o.submission.versions.count() + 1)
    working_version = factory.SelfAttribute("submission.version")
    rulebook = factory.LazyAttribute(lambda o: o.submission.form)
    submitted_at = factory.LazyAttribute(lambda o: in_collection(o.submission.contest))
    by_id = factory.LazyFunction(lambda: UserFactory().pk)
    sha256 = factory.LazyAttribute(
        lambda o: json_digest(freeze(o.submission), salt=SALT)
    )

    @factory.post_generation
    def content(version, _create, _extracted, **_fields):  # noqa: N805 - factory_boy's way
        VersionContent.objects.create(
            version=version,
            document=freeze(version.submission),
            salt=SALT,
            signed_by="Ona Onaitė",
            signed_role="pirmininkė",
            consents={"processing": True, "publication": True, "texts_version": "1"},
        )


class JurorExtensionFactory(DjangoModelFactory):
    """An hour more for one juror, granted just now."""

    class Meta:
        model = JurorExtension

    juror = factory.SubFactory(JurorFactory)
    until = factory.LazyFunction(lambda: clock.now() + timedelta(hours=1))
    reason = "Liga"
    by_id = factory.LazyFunction(lambda: UserFactory().pk)


class AssignmentFactory(DjangoModelFactory):
    """A juror of the entry's own contest may score it; no conflict."""

    class Meta:
        model = Assignment

    submission = factory.SubFactory(SubmissionFactory)
    juror = factory.SubFactory(
        JurorFactory, contest=factory.SelfAttribute("..submission.contest")
    )

    class Params:
        in_conflict = factory.Trait(
            conflict_at=factory.LazyFunction(clock.now), conflict_reason="A cousin"
        )


class AttachmentFactory(DjangoModelFactory):
    """A photo of nobody in the working copy; it went with what is entered, if any is.

    ``sent=False`` was added afterwards; ``kind="document"`` and so on are fields.
    """

    class Meta:
        model = Attachment

    sent = True
    submission = factory.SubFactory(SubmissionFactory)
    kind = Attachment.Kind.PHOTO
    position = factory.LazyAttribute(lambda o: o.submission.attachments.count() + 1)
    created_by_id = factory.LazyFunction(lambda: UserFactory().pk)
    name = factory.Sequence(lambda n: f"nuotrauka-{n}.jpg")
    content_type = "image/jpeg"
    caption = "Talka"
    author = "Jonas Jonaitis"
    people_shown = False
    width, height = 80, 60

    @classmethod
    def _create(cls, model_class, *args, sent, **fields):
        content = picture(comment=secrets.token_hex(8).encode())
        stored = [_put(content), _put(content)]
        digest = hashlib.sha256(content).hexdigest()
        made = super()._create(
            model_class,
            *args,
            stored_name=stored[0],
            preview_name=stored[1],
            size=len(content),
            sha256=digest,
            received_sha256=digest,
            **fields,
        )
        if sent and made.submission.current_version:
            enclose(made)
        return made


def _put(content):
    partial = storage.partial_path("jpg")
    partial.write_bytes(content)
    return storage.keep(partial)[0]


def enclose(attachment):
    """Let a file have gone with the version that is entered."""
    version = attachment.submission.current_version
    SentAttachment.objects.create(
        version=version,
        attachment=attachment,
        position=attachment.position,
        is_main=attachment.is_main,
        may_be_shown=attachment.may_be_shown,
    )
    said = freeze_files([attachment])["files"]
    files = version.content.document.get("files", [])
    version.content.document = version.content.document | {"files": files + said}
    version.content.save()


class AwardFactory(DjangoModelFactory):
    """A first place in an edition that was held elsewhere, in 2024."""

    class Meta:
        model = Award

    series = factory.SubFactory(SeriesFactory)
    edition = "2024"
    year = 2024
    organisation = factory.SubFactory(OrganisationFactory)
    nomination = "best"
    place = 1
    by_id = factory.LazyFunction(lambda: UserFactory().pk)


class ExtensionFactory(DjangoModelFactory):
    """One more day for an organisation, told just now; nothing else is changed."""

    class Meta:
        model = Extension

    contest = factory.SubFactory(ContestFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    until = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))
    reason = "Sutriko tinklas"
    by_id = factory.LazyFunction(lambda: UserFactory().pk)
