from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from contest.course import record_act
from contest.phases import ActKind
from core import clock
from core.errors import Conflict, Invalid, NotNow, NotYours
from scoring import services
from scoring.models import Score
from scoring.selectors import is_interim
from scoring.services import Mark
from submissions import jury
from submissions.models import ImpartialityDeclaration
from tests.api import Person
from tests.factories import (
    AssignmentFactory,
    CoordinatorFactory,
    JurorExtensionFactory,
    JurorFactory,
    SheetFactory,
)

pytestmark = pytest.mark.django_db

CODES = ("innovation", "success", "social_responsibility", "originality")


# --- The declaration -----------------------------------------------------------------


def sign(juror, version=jury.DECLARATION_VERSION):
    return jury.sign_declaration(
        contest=juror.contest,
        signed_by="Ona Onaitė",
        text_version=version,
        by=juror.person,
    )


def test_a_signature_keeps_name_role_text_and_time():
    juror = JurorFactory(role="chair")

    signed = sign(juror)

    assert (signed.signed_by, signed.text_version) == ("Ona Onaitė", "1")
    assert signed.role == "chair"
    assert signed.signed_at <= clock.now()


def test_signing_twice_is_signing_once():
    juror = JurorFactory()

    assert sign(juror) == sign(juror)
    assert ImpartialityDeclaration.objects.count() == 1


def test_a_text_that_was_not_shown_is_not_signed():
    with pytest.raises(Conflict) as refusal:
        sign(JurorFactory(), version="0")

    assert refusal.value.code == "text_changed"


def test_only_the_panel_signs():
    coordinator = CoordinatorFactory()

    with pytest.raises(NotYours):
        jury.sign_declaration(
            contest=coordinator.contest,
            signed_by="Ne",
            text_version="1",
            by=coordinator.person,
        )


def test_the_text_is_shown_with_the_own_signature():
    juror = JurorFactory()
    person = Person(juror.person)
    where = f"contests/{juror.contest.slug}/declaration/"
    before = person.get(where).json()

    person.post(where, {"signed_by": "Ona", "text_version": before["version"]})

    after = person.get(where).json()
    assert (before["signed"], after["signed"]["signed_by"]) == (None, "Ona")
    assert "impartially" in after["text"]


# --- More time for one juror ---------------------------------------------------------


@pytest.fixture
def assignment():
    """A sheet in draft after judging was closed."""
    assignment = AssignmentFactory(submission__contest__phase="deliberation")
    SheetFactory(assignment=assignment, values=dict.fromkeys(CODES, 7))
    return assignment


@pytest.fixture
def contest(assignment):
    return assignment.submission.contest


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


def extend(assignment, by, **delta):
    return jury.extend_juror(
        juror=assignment.juror,
        until=clock.now() + timedelta(**(delta or {"hours": 1})),
        reason="Ligoninė",
        by=by,
    )


def save(assignment, value=9):
    return services.save_marks(
        assignment_id=assignment.pk,
        marks=[Mark("innovation", Decimal(value), None, 1)],
        by=assignment.juror.person,
    )


def end(extension):
    """Let the time of an extension be over: the last one told stands."""
    JurorExtensionFactory(
        juror=extension.juror, until=clock.now() - timedelta(seconds=1)
    )


def test_one_juror_scores_and_sends_after_the_close(assignment, coordinator):
    extend(assignment, coordinator)

    save(assignment)
    sheet = services.send_sheet(assignment_id=assignment.pk, by=assignment.juror.person)

    assert sheet.state == "sent"


def test_nobody_else_scores_after_the_close(assignment, coordinator):
    other = AssignmentFactory(submission=assignment.submission)
    extend(assignment, coordinator)

    with pytest.raises(NotNow):
        save(other)


def test_the_extension_ends_by_the_clock(assignment, coordinator):
    end(extend(assignment, coordinator))

    with pytest.raises(NotNow):
        save(assignment)

    assert Score.objects.get(criterion__code="innovation").steps == 6


def test_the_ranking_is_interim_while_an_extension_runs(
    assignment, contest, coordinator
):
    before = is_interim(contest)
    extension = extend(assignment, coordinator)
    meanwhile = is_interim(contest)
    end(extension)

    assert (before, meanwhile, is_interim(contest)) == (False, True, False)


def test_publication_ends_every_extension(assignment, contest, coordinator):
    extend(assignment, coordinator)
    record_act(contest=contest, kind=ActKind.PUBLISH, reason="Nutarta", by=coordinator)

    with pytest.raises(NotNow):
        save(assignment)


def test_a_removed_juror_has_no_more_time(assignment, contest, coordinator):
    extend(assignment, coordinator)
    assignment.juror.removed_at = clock.now()
    assignment.juror.save()

    with pytest.raises(NotYours):
        save(assignment)
    assert not is_interim(contest)


def test_a_juror_who_coordinates_gets_no_more_time(assignment, contest, coordinator):
    CoordinatorFactory(contest=contest, person=assignment.juror.person)

    with pytest.raises(Conflict) as refusal:
        extend(assignment, coordinator)

    assert refusal.value.code == "juror_coordinates"


def test_who_becomes_a_coordinator_loses_the_extension(
    assignment, contest, coordinator
):
    extend(assignment, coordinator)
    CoordinatorFactory(contest=contest, person=assignment.juror.person)

    with pytest.raises(NotNow):
        save(assignment)


def test_an_extension_into_the_past_is_refused(assignment, coordinator):
    with override("en"), pytest.raises(Invalid, match="future"):
        extend(assignment, coordinator, hours=-1)


def test_a_sent_sheet_is_reopened_after_the_close_only_with_more_time(
    assignment, coordinator
):
    extension = extend(assignment, coordinator)
    services.send_sheet(assignment_id=assignment.pk, by=assignment.juror.person)
    how = {"assignment_id": assignment.pk, "reason": "Klaida", "by": coordinator}

    reopened = services.reopen_sheet(**how).state
    services.send_sheet(assignment_id=assignment.pk, by=assignment.juror.person)
    end(extension)
    with pytest.raises(Conflict) as refusal:
        services.reopen_sheet(**how)

    assert (reopened, refusal.value.code) == ("draft", "judging_closed")


def test_extensions_are_granted_and_listed_at_their_address(assignment, coordinator):
    juror = assignment.juror
    where = f"contests/{juror.contest.slug}/jurors/{juror.pk}/extensions/"
    until = (clock.now() + timedelta(days=1)).isoformat()

    answer = Person(coordinator).post(where, {"until": until, "reason": "Liga"})
    listed = Person(coordinator).get(where).json()["results"]

    assert answer.status_code == 201
    assert [row["reason"] for row in listed] == ["Liga"]
