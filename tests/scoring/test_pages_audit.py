"""The record as the coordinator reads it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from audit.services import record
from contest.staff import add_auditor, add_coordinator, remove_coordinator
from contest.witness import note_reading
from core import clock
from core.policy import Reading
from exports.services import request_export
from scoring.sending import send_sheets
from scoring.services import send_sheet
from submissions.services import create_submission
from tests.factories import (
    AssignmentFactory,
    AuditorFactory,
    ClaimFactory,
    ContestFactory,
    CoordinatorFactory,
    ExportFactory,
    JurorFactory,
    ProposalFactory,
    RepresentativeFactory,
    SheetFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db
CODES = ("innovation", "success", "social_responsibility", "originality")
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{8}\b")


def record_of(client, contest, by):
    """Read the rows as shown: what, about, who."""
    client.force_login(by)
    page = client.get(f"/contests/{contest.slug}/manage/audit/")
    assert page.status_code == 200
    (body,) = re.findall("<tbody>(.*?)</tbody>", page.content.decode(), re.DOTALL)
    rows = re.findall("<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    assert [text for row in cells for text in row if KEY.search(text)] == []
    return [tuple(row[1:4]) for row in cells]


def test_a_draft_is_named_by_its_organisation(client):
    contest = ContestFactory(phase="open")
    owner = RepresentativeFactory(organisation__name="Klampučių bendruomenė")
    create_submission(
        contest=contest,
        organisation=owner.organisation,
        by=owner.person,
        title="Slėpynės",
    )

    rows = record_of(client, contest, CoordinatorFactory(contest=contest).person)

    (abouts,) = {about for _what, about, _who in rows if "juodraštis" in about}
    assert "Klampučių bendruomenė" in abouts
    assert "Slėpynės" not in str(rows)


def test_what_an_auditor_read_of_a_file_or_the_rules_is_told(client):
    contest = ContestFactory(phase="deliberation")
    auditor = AuditorFactory(contest=contest).person
    for thing in (ExportFactory(contest=contest), contest.rulebook):
        note_reading(Reading(auditor, "", thing, contest.pk, ""))

    rows = record_of(client, contest, CoordinatorFactory(contest=contest).person)

    assert {about for _what, about, _who in rows} >= {"ranking xlsx", "v1"}


@pytest.mark.parametrize("at_once", [False, True])
def test_sending_a_sheet_is_recorded_without_its_scores(at_once, client):
    contest = ContestFactory()
    juror = JurorFactory(contest=contest, person__name="Jonas Petraitis")
    entry = SubmissionFactory(contest=contest)
    pair = AssignmentFactory(submission=entry, juror=juror)
    SheetFactory(assignment=pair, values=dict.fromkeys(CODES, 7))

    for _twice in range(2):  # the second time nothing is done
        if at_once:
            send_sheets(contest=contest, by=juror.person)
        else:
            send_sheet(assignment_id=pair.pk, by=juror.person)

    (event,) = Event.objects.filter(action="scoring.send_sheet")
    assert event.subject_label == f"{juror.key} {entry.reference}"
    assert (event.actor_id, event.details) == (juror.person_id, {})
    rows = record_of(client, contest, CoordinatorFactory(contest=contest).person)
    about = f"{juror.key} Jonas Petraitis {entry.reference}"
    assert rows == [("Išsiųstas vertinimo lapas", about, "Jonas Petraitis")]


def done_in_many_ways(contest, by):
    """Leave rows of many kinds: about people, files, rules, proposals, letters."""
    add_coordinator(contest=contest, email="nauja@x.lt", name="Nauja Narė", by=by)
    second = contest.coordinators.get(person__email="nauja@x.lt")
    remove_coordinator(coordinator=second, reason="Išėjo", by=by)
    add_auditor(
        contest=contest,
        email="auditas@x.lt",
        name="Auditė Auditaitė",
        until=clock.now() + timedelta(days=3),
        reason="Patikra",
        by=by,
    )
    request_export(contest=contest, language="lt", by=by)
    version = contest.rules_in_force
    record("contest.change_weights", version, by=by, contest_id=contest.pk, number=2)
    claim = ClaimFactory(
        person__name="Ona Onaitė", organisation__name="Sodų bendruomenė"
    )
    for subject, action in (
        (claim, "contest.decide_claim"),
        (ProposalFactory(contest=contest), "contest.propose"),
        (contest, "contest.open_judging"),
        (CoordinatorFactory(person__name=""), "contest.add_coordinator"),
        (SheetFactory(), "contest.read_by_auditor"),  # as older rows name it
    ):
        label = getattr(subject, "kind", getattr(subject, "slug", ""))
        record(action, subject, by=None, contest_id=contest.pk, label=label)


def test_people_and_things_stand_there_in_words_and_no_key(client):
    contest = ContestFactory(phase="deliberation")
    by = CoordinatorFactory(contest=contest, person__name="Rūta Rūtaitė").person
    done_in_many_ways(contest, by)

    rows = record_of(client, contest, by)

    abouts = {what: about for what, about, _who in rows}
    assert abouts["Pašalintas koordinatorius"] == "Nauja Narė"
    assert abouts["Paskirtas auditorius"] == "Auditė Auditaitė"
    assert abouts["Užsakytas failas"] == "reitingas xlsx"
    assert abouts["Pakeisti svoriai"] == "2 versija"
    assert abouts["Atsakyta į prašymą atstovauti"].startswith(
        "Ona Onaitė – Sodų bendruomenė"
    )
    assert abouts["Vertinimas pradėtas"] == str(contest)
    assert {who for _what, _about, who in rows} == {"Rūta Rūtaitė", "pati programa"}


def test_a_person_without_a_name_is_not_shown_by_a_key(client):
    contest = ContestFactory()
    nameless = CoordinatorFactory(contest=contest, person__name="").person
    record("contest.open_judging", contest, by=nameless, contest_id=contest.pk)

    rows = record_of(client, contest, nameless)

    assert [who for _what, _about, who in rows] == ["vardas nenurodytas"]


def test_a_long_record_costs_as_many_queries_as_a_short_one(client):
    contest = ContestFactory(phase="deliberation")
    by = CoordinatorFactory(contest=contest, person__name="Rūta Rūtaitė").person
    client.force_login(by)
    counts = []
    for _round in range(2):
        more_done(contest, by)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/contests/{contest.slug}/manage/audit/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def more_done(contest, by):
    for _each in range(3):
        person, claim = CoordinatorFactory(contest=contest), ClaimFactory()
        entry = SubmissionFactory(contest=contest)
        record("contest.add_coordinator", person, by=by, contest_id=contest.pk)
        record("contest.decide_claim", claim, by=by, contest_id=contest.pk)
        record("submissions.submit", entry, by=by, contest_id=contest.pk)
        record(
            *("contest.remove_coordinator", person),
            by=by,
            contest_id=contest.pk,
            label=str(person.person),
        )
