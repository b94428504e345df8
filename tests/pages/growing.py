"""More of everything that a contest can have, whatever a page of it may list."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from audit.services import record
from core import clock
from organisations import history
from organisations.models import Change
from scoring.models import Citation
from submissions.models import ConsentChange, CorrectionRequest, RequirementCheck
from tests.factories import (
    ActFactory,
    ActionGroupFactory,
    ApiTokenFactory,
    AssignmentFactory,
    AttachmentFactory,
    AuditorFactory,
    AwardFactory,
    ClaimFactory,
    ContestFactory,
    ContestLogoFactory,
    CoordinatorFactory,
    ExportFactory,
    ExtensionFactory,
    FrozenResultFactory,
    ImportProblemFactory,
    ImportRunFactory,
    JurorExtensionFactory,
    JurorFactory,
    MessageFactory,
    ProposalFactory,
    RegisterExportFactory,
    RepresentativeFactory,
    RulebookVersionFactory,
    SeriesFactory,
    SheetFactory,
    SpecialAwardFactory,
    SubmissionFactory,
    SubmissionVersionFactory,
)
from tests.factories.contest import in_days
from tests.factories.keys import key_data

SCORED = {"judging", "deliberation", "published", "archived"}


def grow(world):
    """Let one more of everything be there."""
    _grow_entries(world)
    _grow_entry(world.own.entry)
    _grow_people(world.own)
    _grow_papers(world.own)
    _grow_register(world.own)
    for who, user in world.users.items():
        _grow_account(who, user)
    if world.phase in SCORED:
        _grow_sheets(world.own)
    if world.phase == "published":
        _publish_again(world.own.contest)


def _grow_entries(world):
    edition, contest = world.own, world.own.contest
    state = edition.entry.state
    entry = SubmissionFactory(
        contest=contest, organisation=edition.entry.organisation, state=state
    )
    AttachmentFactory(submission=entry)
    for person in ("owner", "representative", "preparer", "claimant"):
        organisation = RepresentativeFactory(person=world.users[person]).organisation
        draft = SubmissionFactory(
            contest=contest, organisation=organisation, state="draft"
        )
        AttachmentFactory(submission=draft)
    for each in ("withdrawn", "returned", "ineligible"):
        SubmissionFactory(contest=contest, state=each)
    seat = edition.assignment.juror
    AssignmentFactory(submission=entry, juror=seat)
    AssignmentFactory(submission=SubmissionFactory(contest=contest, state=state))
    AssignmentFactory(
        submission=SubmissionFactory(contest=contest, state=state),
        juror=seat,
        in_conflict=True,
    )
    ExtensionFactory(contest=contest, organisation=entry.organisation)
    JurorExtensionFactory(juror=seat)


def _grow_entry(entry):
    by = {"by_id": entry.pk}
    AttachmentFactory(submission=entry)
    AttachmentFactory(submission=entry, kind="document", sent=False)
    AssignmentFactory(submission=entry, in_conflict=True)
    ExtensionFactory(
        contest=entry.contest, organisation=entry.organisation, submission=entry
    )
    CorrectionRequest.objects.create(submission=entry, until=in_days(-30), **by)
    ConsentChange.objects.create(
        submission=entry,
        consent="publication",
        given=True,
        texts_version="1",
        language="lt",
        **by,
    )
    RequirementCheck.objects.create(
        submission=entry, requirement="leader_project", met=False, note="Ne", **by
    )
    if entry.current_version_id:
        SubmissionVersionFactory(submission=entry)


def _grow_sheets(edition):
    contest = edition.contest
    values = dict.fromkeys(contest.criteria.values_list("code", flat=True), 7)
    seat, entry = edition.assignment.juror, edition.entry
    # Two entries are even from the first: a list with ties asks for its sheets once.
    for each in (entry, *SubmissionFactory.create_batch(2, contest=contest)):
        further = AssignmentFactory(submission=each)
        SheetFactory(assignment=further, sent=True, values=values)
    begun = AssignmentFactory(submission=SubmissionFactory(contest=contest), juror=seat)
    SheetFactory(assignment=begun, values=values)
    SheetFactory(
        assignment=AssignmentFactory(submission=entry),
        sent=True,
        excluded_at=clock.now(),
        excluded_reason="Abejotina",
    )
    Citation.objects.create(
        contest=contest,
        nomination="best",
        submission=begun.submission,
        text="Puiku",
        by_id=entry.pk,
    )
    SpecialAwardFactory(contest=contest, submission=begun.submission)


def _publish_again(contest):
    act = ActFactory(contest=contest, kind="publish")
    FrozenResultFactory(act=act)


def _grow_people(edition):
    contest = edition.contest
    for role in ("member", "secretary", "observer", "substitute"):
        JurorFactory(contest=contest, role=role)
    JurorFactory(contest=contest, removed_at=clock.now(), removed_reason="Liga")
    CoordinatorFactory(contest=contest)
    AuditorFactory(contest=contest)
    ContestLogoFactory(contest=contest)


def _grow_papers(edition):
    contest = edition.contest
    number = contest.rulebooks.count() + 1
    RulebookVersionFactory(
        contest=contest, number=number, document=contest.rulebook.document
    )
    ProposalFactory(contest=contest, subject_id=uuid4())
    AwardFactory(contest=contest, series=contest.series)
    AwardFactory(series=contest.series)
    for kind in ("ranking", "entries", "contacts", "attachments"):
        ExportFactory(contest=contest, kind=kind)
    for facts in ({}, {"undelivered": True}, {"sent": True}, {"mass": True}):
        MessageFactory(contest_id=contest.pk, **facts)
    by = edition.users["coordinator"]
    record("contest.change", contest, by=by, contest_id=contest.pk, reason="Taip")
    ContestFactory(series=contest.series, phase="open")
    SeriesFactory(organiser=contest.series.organiser)


def _grow_register(edition):
    contest, organisation = edition.contest, edition.entry.organisation
    ClaimFactory(organisation=organisation)
    RepresentativeFactory(organisation=organisation)
    history.keep(organisation, Change.Kind.CHANGED, before={"name": "x"}, by=None)
    ImportRunFactory(contest_id=contest.pk)
    ImportProblemFactory(run=edition.import_run)
    RegisterExportFactory(contest_id=contest.pk)
    ActionGroupFactory()


def _grow_account(who, user):
    word = uuid4().hex
    ApiTokenFactory(person=user)
    EmailAddress.objects.create(
        user=user, email=f"{who}-{word}@further.example", verified=True
    )
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=word)
    Authenticator.objects.create(user=user, type="webauthn", data=key_data(word))
    MessageFactory(person_id=user.pk)
    ClaimFactory(person=user)
