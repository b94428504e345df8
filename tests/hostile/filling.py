"""The rows that a contest of the policy's world lacks, so that every text has one."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from audit.services import record
from core import clock
from organisations.models import Change
from scoring.models import ChairDecision, Citation
from submissions.models import (
    Confirmation,
    ConsentChange,
    CorrectionRequest,
    EligibilityDecision,
    ImpartialityDeclaration,
    RequirementCheck,
)
from tests.factories import (
    AssignmentFactory,
    ClaimFactory,
    ExtensionFactory,
    ImportProblemFactory,
    JurorExtensionFactory,
    JurorFactory,
    OrganisationFactory,
    ScoreFactory,
    SheetFactory,
    SubmissionFactory,
)
from tests.factories.contest import in_days
from tests.factories.keys import key_data

_WRITTEN = "parašyta"


def fill(edition):
    """Let everything that can befall an edition have befallen it."""
    _fill_entry(edition.entry)
    _fill_states(edition.contest)
    _fill_register(edition)
    _fill_accounts(edition)
    if edition.contest.state_at(clock.now()).phase in {"judging", "published"}:
        _fill_judging(edition)


def _fill_entry(entry):
    by = {"by_id": entry.pk}
    signed = {"signed_by": _WRITTEN, "signed_role": _WRITTEN}
    CorrectionRequest.objects.create(submission=entry, until=in_days(-30), **by)
    RequirementCheck.objects.create(
        submission=entry, requirement="leader_project", met=False, note=_WRITTEN, **by
    )
    Confirmation.objects.create(
        submission=entry,
        kind="paper",
        working_version=entry.version,
        reason=_WRITTEN,
        **signed,
        **by,
    )
    ConsentChange.objects.create(
        submission=entry,
        consent="publication",
        given=True,
        texts_version="1",
        language="lt",
        **signed,
        **by,
    )
    if entry.current_version:
        EligibilityDecision.objects.create(
            submission=entry, version=entry.current_version, eligible=True, **by
        )
    ExtensionFactory(
        contest=entry.contest, organisation=entry.organisation, submission=entry
    )
    entry.links, entry.answers = [_WRITTEN], {"why": _WRITTEN}
    entry.save()


def _fill_states(contest):
    states = {
        "withdrawn": "withdrawn_reason",
        "returned": "returned_reason",
        "ineligible": "decision_reason",
    }
    for state, reason in states.items():
        SubmissionFactory(contest=contest, state=state, **{reason: _WRITTEN})
    # Where a country has no list of places, a place is free text.
    abroad = OrganisationFactory(country="PL", municipality=_WRITTEN)
    SubmissionFactory(contest=contest, organisation=abroad, state="eligible")


def _fill_register(edition):
    organisation = edition.entry.organisation
    organisation.former_names = [_WRITTEN]
    organisation.save()
    ClaimFactory(
        organisation=organisation,
        state="refused",
        decided_at=clock.now(),
        reason=_WRITTEN,
    )
    Change.objects.create(
        organisation_id=organisation.pk,
        kind="changed",
        acted_as="organiser",
        version=1,
        fields=["name"],
        values={"name": [_WRITTEN, _WRITTEN]},
    )
    ImportProblemFactory(run=edition.import_run, received=_WRITTEN)
    record(
        "contest.change",
        edition.contest,
        by=edition.users["coordinator"],
        contest_id=edition.contest.pk,
        label=_WRITTEN,
        reason=_WRITTEN,
    )


def _fill_accounts(edition):
    for user in edition.users.values():
        Authenticator.objects.create(user=user, type="webauthn", data=key_data("x"))
        UserSession.objects.create(
            user=user, ip="127.0.0.1", session_key=str(user.pk), user_agent=_WRITTEN
        )


def _fill_judging(edition):
    contest, entry = edition.contest, edition.entry
    sheet = SheetFactory(
        assignment=AssignmentFactory(submission=entry),
        comment_commission=_WRITTEN,
        comment_entrant=_WRITTEN,
    )
    ScoreFactory(sheet=sheet, comment=_WRITTEN)
    SheetFactory(
        assignment=AssignmentFactory(submission=entry),
        excluded_at=clock.now(),
        excluded_reason=_WRITTEN,
    )
    JurorFactory(contest=contest, removed_at=clock.now(), removed_reason=_WRITTEN)
    JurorExtensionFactory(juror=sheet.assignment.juror)
    ImpartialityDeclaration.objects.create(
        juror=sheet.assignment.juror,
        text_version="1",
        language="lt",
        signed_by=_WRITTEN,
    )
    ChairDecision.objects.create(
        contest=contest,
        nomination="best",
        references=[entry.reference],
        reason=_WRITTEN,
        by_id=entry.pk,
    )
    Citation.objects.create(
        contest=contest,
        nomination="best",
        submission=entry,
        text=_WRITTEN,
        by_id=entry.pk,
    )
