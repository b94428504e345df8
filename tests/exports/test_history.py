"""Files that fail, are stopped, grow old: what the row says, what is handed out."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from audit.models import Event
from core import clock
from exports import services
from jobs import files, runner
from jobs import services as jobs
from jobs.models import Job
from scoring.services import send_sheet
from tests.api import Person
from tests.core.races import at_once
from tests.factories import (
    CoordinatorFactory,
    ExportFactory,
    JurorFactory,
    SheetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"


@pytest.fixture
def coordinator():
    return CoordinatorFactory(person__name="Rima")


@pytest.fixture
def person(coordinator):
    return Person(coordinator.person)


def asked(coordinator, **options):
    return ExportFactory(
        contest=coordinator.contest, requested_by=coordinator.person, **options
    )


def listed(person, coordinator, **query):
    words = "&".join(f"{key}={value}" for key, value in query.items())
    answer = person.get(f"contests/{coordinator.contest.slug}/exports/?{words}")
    assert answer.status_code == 200
    return answer.json()["results"]


# --- The list -----------------------------------------------------------------


def test_history_tells_who_asked_for_what_and_when(person, coordinator):
    asked(coordinator, job__content=b"a workbook")

    [row] = listed(person, coordinator)

    assert (row["kind"], row["state"], row["size"]) == ("ranking", "done", 10)
    assert row["requested_by"] == {"id": str(person.user.pk), "name": "Rima"}


def test_history_is_filtered_by_kind_and_state(person, coordinator):
    asked(coordinator, job__content=b"x")
    asked(coordinator, kind="entries")
    asked(coordinator, kind="entries", job__failed=True)

    found = listed(person, coordinator, kind="entries", state="failed")

    assert [(row["kind"], row["state"]) for row in found] == [("entries", "failed")]


def test_a_newer_file_supersedes_an_older_one_of_its_kind(person, coordinator):
    old = asked(coordinator, job__content=b"old")
    asked(coordinator, kind="entries", job__content=b"other")
    asked(coordinator, job__content=b"new")

    rows = {row["id"]: row["is_superseded"] for row in listed(person, coordinator)}

    assert rows.pop(str(old.pk)) is True
    assert set(rows.values()) == {False}


def test_a_file_is_stale_once_a_sheet_was_sent_after_it(person, coordinator):
    export = asked(coordinator)
    runner.run(export.job_id)
    assert [row["is_stale"] for row in listed(person, coordinator)] == [False]

    contest = coordinator.contest
    values = dict.fromkeys(contest.criteria.values_list("code", flat=True), 7)
    sheet = SheetFactory(assignment__submission__contest=contest, values=values)
    assert [row["is_stale"] for row in listed(person, coordinator)] == [False]
    send_sheet(assignment_id=sheet.pk, by=sheet.assignment.juror.person)

    assert [row["is_stale"] for row in listed(person, coordinator)] == [True]


def test_a_juror_who_coordinates_is_not_shown_rankings_while_judging(
    person, coordinator
):
    asked(coordinator)
    JurorFactory(contest=coordinator.contest, person=person.user)

    answer = person.get(f"contests/{coordinator.contest.slug}/exports/")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_now")


# --- Trying again -------------------------------------------------------------


def test_what_failed_is_tried_again_from_the_first_attempt(person, coordinator):
    export = asked(coordinator, job__failed=True, job__attempts=3)

    answer = person.post(f"exports/{export.pk}/retry/", {})

    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    export.job.refresh_from_db()
    assert (export.job.attempts, export.job.error) == (0, "")
    runner.run(export.job_id)
    export.job.refresh_from_db()
    assert export.job.state == "done"
    assert Event.objects.filter(action="exports.retry").count() == 1


def test_what_is_done_is_not_tried_again(person, coordinator):
    export = asked(coordinator, job__content=b"x")

    answer = person.post(f"exports/{export.pk}/retry/", {})

    assert (answer.status_code, answer.json()["code"]) == (409, "not_failed")


def test_a_failed_file_is_not_made_twice_at_a_time(person, coordinator):
    export = asked(coordinator, job__failed=True)
    asked(coordinator)

    answer = person.post(f"exports/{export.pk}/retry/", {})

    assert (answer.status_code, answer.json()["code"]) == (409, "under_way")


# --- Stopping -----------------------------------------------------------------


def test_a_waiting_file_is_cancelled_and_never_made(person, coordinator):
    export = asked(coordinator)

    answers = [person.post(f"exports/{export.pk}/cancel/", {}) for _ in range(2)]
    runner.run(export.job_id)

    assert [answer.json()["state"] for answer in answers] == ["cancelled"] * 2
    export.job.refresh_from_db()
    assert (export.job.state, export.job.attempts) == ("cancelled", 0)
    assert Event.objects.filter(action="exports.cancel").count() == 1


def test_a_file_cancelled_in_the_making_leaves_nothing(coordinator, monkeypatch):
    export = asked(coordinator)
    write = runner._Work.finish

    def cancel_then_finish(work):
        services.cancel_export(export=export, by=coordinator.person)
        write(work)

    monkeypatch.setattr(runner._Work, "finish", cancel_then_finish)
    runner.run(export.job_id)

    export.job.refresh_from_db()
    assert (export.job.state, export.job.file_name) == ("cancelled", "")
    assert list(django_settings.JOB_FILES_DIR.iterdir()) == []


def test_what_is_done_cannot_be_cancelled(person, coordinator):
    export = asked(coordinator, job__content=b"x")

    answer = person.post(f"exports/{export.pk}/cancel/", {})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")


# --- Growing old --------------------------------------------------------------


def test_a_file_expires_and_its_row_stays(person, coordinator):
    export = asked(coordinator)
    runner.run(export.job_id)
    job = Job.objects.get(pk=export.job_id)
    assert job.expires_at - job.finished_at < timedelta(days=30, seconds=5)
    path = files.path_of(job.file_name)

    assert jobs.expire_files() == 0
    Job.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    before_the_sweep = person.get(f"exports/{export.pk}/file/")
    assert jobs.expire_files() == 1

    answer = person.get(f"exports/{export.pk}/file/")
    assert (answer.status_code, answer.json()["code"]) == (410, "file_gone")
    assert before_the_sweep.status_code == 410
    assert not path.exists()
    [row] = listed(person, coordinator, state="expired")
    assert (row["file"], row["sha256"]) == (None, job.file_sha256)


def test_contacts_are_kept_for_a_day(coordinator):
    export = services.request_export(
        contest=coordinator.contest,
        kind="contacts",
        language="lt",
        reason="Kvietimai",
        by=coordinator.person,
    )

    runner.run(export.job_id)

    job = Job.objects.get(pk=export.job_id)
    assert job.expires_at - job.finished_at < timedelta(days=1, seconds=5)


def test_contacts_need_a_reason_that_is_recorded(person, coordinator):
    where = f"contests/{coordinator.contest.slug}/exports/"

    refused = person.post(where, {"kind": "contacts"})
    given = person.post(where, {"kind": "contacts", "reason": "Kvietimai"})

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "reason"
    assert given.status_code == 202
    assert Event.objects.get(action="exports.request").reason == "Kvietimai"


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("ranking", "zip"), ("attachments", "xlsx"), ("entries", "json")],
)
def test_a_kind_is_made_in_its_own_formats_only(person, coordinator, kind, wrong):
    answer = person.post(
        f"contests/{coordinator.contest.slug}/exports/",
        {"kind": kind, "file_format": wrong},
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "file_format"


def test_two_files_read_in_one_second_have_two_names(person, coordinator):
    names = set()
    for _ in range(2):
        export = asked(coordinator)
        runner.run(export.job_id)
        answer = person.get(f"exports/{export.pk}/file/")
        answer.getvalue()
        names.add(answer["Content-Disposition"])

    assert len(names) == 2
    [first, _second] = names
    assert f"{coordinator.contest.slug}-ranking-" in first
    assert "-v1-" in first


# --- Many at once -------------------------------------------------------------


def ask(coordinator, **wanted):
    return services.request_export(
        **{"contest": coordinator.contest, "language": "lt", "by": coordinator.person}
        | wanted
    )


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_clicks_of_several_coordinators_are_one_job_each():
    first = CoordinatorFactory()
    people = [first, *CoordinatorFactory.create_batch(2, contest=first.contest)]

    exports = at_once([lambda each=each: ask(each) for each in people * 3])

    assert len({export.pk for export in exports}) == 3
    assert Job.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_parallel_clicks_are_several_jobs(monkeypatch):
    """The control: the same clicks where nobody waits for anybody."""
    coordinator = CoordinatorFactory()
    gate = []

    def unlocked(contest):
        gate.append(contest)
        return contest

    monkeypatch.setattr(services, "_locked", unlocked)
    made = [at_once([lambda: ask(coordinator)] * 4) for _ in range(1)]

    assert len(gate) == 4
    assert Job.objects.count() > 1, made


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_retries_queue_once():
    coordinator = CoordinatorFactory()
    export = asked(coordinator, job__failed=True)

    outcomes = at_once(
        [lambda: services.retry_export(export=export, by=coordinator.person).pk] * 4
    )

    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["Conflict", "Conflict", "Conflict", "UUID"]
