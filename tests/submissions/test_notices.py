"""Whoever an entry concerns is told of its life: once, in their language."""

from datetime import timedelta

import pytest

from contest import course, rulebook
from contest.phases import ActKind
from core import clock
from core.errors import Stale
from mail.models import Message
from scoring.services import reopen_sheet
from submissions import assigning, extending, jury, returning, services
from tests.factories import (
    AssignmentFactory,
    ContestFactory,
    CoordinatorFactory,
    JurorFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.mail.outbox import kinds, letter, told

pytestmark = pytest.mark.django_db
SIGNED = {
    "signed_by": "Ona Onaitė",
    "signed_role": "pirmininkė",
    "consents": {"processing": True},
}


def in_days(days):
    return clock.now() + timedelta(days=days)


@pytest.fixture
def draft():
    contest = ContestFactory(phase="open", title={"lt": "Pažangus kaimas"})
    return SubmissionFactory(contest=contest, state="draft", title="Šviesa kaime")


@pytest.fixture
def owner(draft):
    return RepresentativeFactory(organisation=draft.organisation).person


@pytest.fixture
def coordinator(draft):
    return CoordinatorFactory(contest=draft.contest).person


def submit(entry, by):
    return services.submit(
        submission=entry, expected_version=entry.version, by=by, **SIGNED
    )


# --- Receipts ------------------------------------------------------------------------


def test_the_receipt_says_what_arrived_and_when(draft, owner):
    version = submit(draft, owner)

    draft.refresh_from_db()
    message = letter("submissions.receipt")
    assert message.to == owner.email
    assert message.subject == f"{draft.reference}: paraiška gauta"
    assert "„Šviesa kaime“" in message.text
    assert "„Pažangus kaimas“" in message.text
    assert version.sha256 in message.text
    assert "redakcija: 1" in message.text
    assert "(UTC+" in message.text
    assert f"http://127.0.0.1:8000/entries/{draft.pk}/" in message.text


def test_sending_the_same_again_brings_no_second_receipt(draft, owner):
    submit(draft, owner)
    submit(draft, owner)

    assert told("submissions.receipt") == [owner.email]


def test_a_sending_that_is_refused_brings_no_receipt(draft, owner):
    with pytest.raises(Stale):
        services.submit(submission=draft, expected_version=9, by=owner, **SIGNED)

    assert kinds() == []


def test_all_who_act_for_the_organisation_get_the_receipt_once_an_address(draft, owner):
    RepresentativeFactory(organisation=draft.organisation, person=owner, name="Kita")
    english = UserFactory(language="en")
    RepresentativeFactory(organisation=draft.organisation, person=english)
    RepresentativeFactory(organisation=draft.organisation, ended_at=clock.now())
    RepresentativeFactory(
        organisation=draft.organisation, person=UserFactory(is_active=False)
    )
    RepresentativeFactory()

    submit(draft, owner)

    assert told("submissions.receipt") == sorted([owner.email, english.email])
    received = letter("submissions.receipt", english.email)
    assert received.subject.endswith("the entry has arrived")


def test_a_hostile_title_stays_a_title(draft, owner):
    draft.title = "<b>x</b> [y](https://evil.example)\r\nBcc: a@example.org {digest}"
    draft.save()

    submit(draft, owner)

    message = letter("submissions.receipt")
    title = "<b>x</b> [y](https://evil.example) Bcc: a@example.org {digest}"
    assert f"„{title}“" in message.text
    assert "&lt;b&gt;x&lt;/b&gt; [y](https://evil.example) Bcc" in message.html
    assert message.html.count("<a ") == 1


# --- Prepared by others --------------------------------------------------------------


def test_an_owner_learns_of_an_entry_that_others_prepare():
    document = rulebook.template("lkbs") | {"who_enters": ["owner", "nominator"]}
    owner = RepresentativeFactory()
    nominator = RepresentativeFactory(organisation__name="Zanavykų sambūris")

    entry = services.create_submission(
        contest=ContestFactory(phase="open", document=document),
        organisation=owner.organisation,
        by=nominator.person,
        entered_by="nominator",
        prepared_by=nominator.organisation,
    )

    message = letter("submissions.confirmation_wanted")
    assert message.to == owner.person.email
    assert "Ją rengia Zanavykų sambūris." in message.text
    assert f"/entries/{entry.pk}/" in message.text


def test_what_the_secretariat_enters_is_prepared_by_the_organiser(draft, coordinator):
    owner = RepresentativeFactory()

    services.create_submission(
        contest=draft.contest,
        organisation=owner.organisation,
        by=coordinator,
        entered_by="secretariat",
    )

    message = letter("submissions.confirmation_wanted")
    assert message.to == owner.person.email
    assert f"Ją rengia {draft.contest.series.organiser.name['lt']}." in message.text


def test_an_own_entry_is_begun_without_a_message(draft, owner):
    services.create_submission(
        contest=draft.contest, organisation=draft.organisation, by=owner, title="Kita"
    )

    assert kinds() == []


# --- Corrections and more time -------------------------------------------------------


def test_a_request_to_correct_tells_the_reason_and_the_time():
    contest = ContestFactory(phase="eligibility")
    entry = SubmissionFactory(contest=contest, state="submitted")
    owner = RepresentativeFactory(organisation=entry.organisation).person

    returning.return_for_correction(
        submission=entry,
        reason="Nenurodyta suma.\nPrašome įrašyti.",
        fields=["total"],
        until=in_days(3),
        by=CoordinatorFactory(contest=contest).person,
    )

    message = letter("submissions.correction_wanted")
    assert message.to == owner.email
    assert message.subject.startswith(f"{entry.reference}: pataisykite paraišką iki 2")
    assert "> Nenurodyta suma.\n> Prašome įrašyti." in message.text


def test_more_time_for_one_entry_is_told_to_its_people(draft, owner, coordinator):
    extending.extend_entry(
        submission=draft, until=in_days(40), reason="Vidinė priežastis", by=coordinator
    )

    message = letter("submissions.entry_extended")
    assert message.to == owner.email
    assert "„Šviesa kaime“" in message.text
    assert "Vidinė" not in message.text


def test_more_time_for_an_organisation_names_no_entry(draft, owner, coordinator):
    extending.extend_organisation(
        contest=draft.contest,
        organisation=draft.organisation,
        until=in_days(40),
        reason="Sutriko tinklas",
        by=coordinator,
    )

    message = letter("submissions.entry_extended")
    assert message.to == owner.email
    assert "„Šviesa kaime“" not in message.text
    assert f"/contests/{draft.contest.slug}/" in message.text


def test_a_moved_deadline_is_told_to_all_who_began_or_sent(draft, owner, coordinator):
    other = SubmissionFactory(contest=draft.contest, state="submitted")
    RepresentativeFactory(organisation=other.organisation, person=owner)
    withdrawn = SubmissionFactory(contest=draft.contest, state="withdrawn")
    RepresentativeFactory(organisation=withdrawn.organisation)
    RepresentativeFactory(organisation=SubmissionFactory().organisation)

    course.move_deadline(
        contest=draft.contest, until=in_days(30), reason="Sniegas", by=coordinator
    )

    assert told("submissions.deadline_moved") == [owner.email]
    assert letter("submissions.deadline_moved").priority == Message.Priority.MASS


# --- Judging and results -------------------------------------------------------------


def judged(phase, **fields):
    contest = ContestFactory(phase=phase, **fields)
    return contest, CoordinatorFactory(contest=contest).person


def test_jurors_with_something_to_judge_are_told_that_it_begins():
    contest, coordinator = judged("eligibility", judging_closes_at=in_days(9))
    entry = SubmissionFactory(contest=contest)
    juror = AssignmentFactory(submission=entry).juror
    AssignmentFactory(submission=SubmissionFactory(contest=contest), juror=juror)
    AssignmentFactory(submission=entry, in_conflict=True)
    JurorFactory(contest=contest)

    course.record_act(
        contest=contest, kind=ActKind.OPEN_JUDGING, reason="", by=coordinator
    )

    message = letter("submissions.judging_opened")
    assert message.to == juror.person.email
    assert "Jums priskirta paraiškų: 2." in message.text
    assert "Vertinimo lapus išsiųskite iki 2" in message.text
    assert f"/judging/{contest.slug}/" in message.text


def test_entries_given_while_judging_is_open_are_told_to_their_jurors():
    contest, coordinator = judged("judging", judging_closes_at=in_days(9))
    entries = [SubmissionFactory(contest=contest) for _ in range(3)]
    had, none = JurorFactory(contest=contest), JurorFactory(contest=contest)
    AssignmentFactory(submission=entries[0], juror=had)
    AssignmentFactory(submission=entries[1], juror=had, in_conflict=True)
    for entry in entries:
        AssignmentFactory(submission=entry, juror=none)

    assigning.assign_everything(contest=contest, by=coordinator)

    message = letter("submissions.entries_assigned")
    assert message.to == had.person.email
    assert f"Paraiškos: {entries[2].reference}." in message.text
    assert "vertinti: 1." in message.text
    assert "Vertinimo lapus išsiųskite iki 2" in message.text
    assert f"/judging/{contest.slug}/" in message.text


def test_of_many_entries_the_first_are_named_whole():
    contest, coordinator = judged("judging", reference_prefix="K" * 12)
    JurorFactory(contest=contest)
    entries = [SubmissionFactory(contest=contest) for _ in range(20)]

    assigning.assign_everything(contest=contest, by=coordinator)

    text = letter("submissions.entries_assigned").text
    listed = text.partition("Paraiškos: ")[2].partition(".\n")[0].split(", ")
    assert listed == [entry.reference for entry in entries[:15]] + ["…"]
    assert "vertinti: 20." in text


def test_a_planned_end_that_has_passed_is_not_told_as_time_that_is_left():
    contest, coordinator = judged("judging", judging_closes_at=in_days(-1))
    juror = JurorFactory(contest=contest)
    entry = SubmissionFactory(contest=contest)

    assigning.assign_everything(contest=contest, by=coordinator)
    sheet = SheetFactory(assignment=juror.assignments.get(), sent=True)
    reopen_sheet(assignment_id=sheet.assignment_id, reason="Klaida", by=coordinator)

    for kind in ("submissions.entries_assigned", "scoring.sheet_reopened"):
        text = letter(kind).text
        assert entry.reference in text
        assert " iki 2" not in text


@pytest.mark.parametrize(
    ("phase", "dry_run", "is_told"),
    [("judging", False, True), ("judging", True, False), ("eligibility", False, False)],
)
def test_what_is_only_shown_or_not_open_yet_is_told_to_nobody(phase, dry_run, is_told):
    contest, coordinator = judged(phase)
    SubmissionFactory(contest=contest)
    JurorFactory(contest=contest)

    assigning.assign_everything(contest=contest, by=coordinator, dry_run=dry_run)

    assert kinds() == ["submissions.entries_assigned"] * is_told


def test_who_is_given_entries_twice_is_told_twice():
    contest, coordinator = judged("judging")
    juror = JurorFactory(contest=contest)
    for _ in range(2):
        SubmissionFactory(contest=contest)
        assigning.assign_everything(contest=contest, by=coordinator)

    assert told("submissions.entries_assigned") == [juror.person.email] * 2


def test_without_a_date_none_is_told():
    contest, coordinator = judged("eligibility")
    AssignmentFactory(submission__contest=contest)

    course.record_act(
        contest=contest, kind=ActKind.OPEN_JUDGING, reason="", by=coordinator
    )

    assert "pateikite iki" not in letter("submissions.judging_opened").text


def test_more_time_for_a_juror_is_told_to_that_juror():
    contest, coordinator = judged("deliberation")
    juror = JurorFactory(contest=contest)
    JurorFactory(contest=contest)

    jury.extend_juror(juror=juror, until=in_days(1), reason="Liga", by=coordinator)

    message = letter("submissions.juror_extended")
    assert message.to == juror.person.email
    assert "Liga" not in message.text


def test_results_are_told_to_all_who_had_entered():
    contest, coordinator = judged("deliberation")
    entered = SubmissionFactory(contest=contest)
    entrant = RepresentativeFactory(organisation=entered.organisation).person
    draft = SubmissionFactory(contest=contest, state="draft")
    RepresentativeFactory(organisation=draft.organisation)

    course.record_act(
        contest=contest, kind=ActKind.PUBLISH, reason="Baigta", by=coordinator
    )

    message = letter("submissions.results_published")
    assert message.to == entrant.email
    assert f"/contests/{contest.slug}/results/" in message.text
