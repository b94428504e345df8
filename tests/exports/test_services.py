from zipfile import ZipFile

import pytest

from core.errors import Invalid, NotNow, NotYours
from exports import services
from jobs import files, runner
from jobs.models import Job
from tests.core.races import at_once
from tests.factories import (
    AttachmentFactory,
    CoordinatorFactory,
    ExportFactory,
    JurorFactory,
    SheetFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WANTED = {"file_format": "xlsx", "language": "lt"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.JOB_FILES_DIR = tmp_path / "jobs"


@pytest.fixture
def coordinator():
    return CoordinatorFactory()


def ask(coordinator, **changes):
    return services.request_export(
        contest=coordinator.contest, by=coordinator.person, **WANTED | changes
    )


def test_a_double_click_is_one_job(coordinator):
    first, second = ask(coordinator), ask(coordinator)

    assert first == second
    assert Job.objects.count() == 1


def test_another_language_is_another_file(coordinator):
    ask(coordinator)
    ask(coordinator, language="en")

    assert Job.objects.count() == 2


def test_a_new_file_is_made_once_the_last_is_done(coordinator):
    first = ask(coordinator)
    runner.run(first.job_id)

    assert ask(coordinator) != first


def test_the_same_wish_of_two_people_is_two_jobs(coordinator):
    other = CoordinatorFactory(contest=coordinator.contest)

    assert ask(coordinator) != ask(other)


def test_a_stranger_asks_for_nothing(coordinator):
    with pytest.raises(NotYours):
        services.request_export(contest=coordinator.contest, by=UserFactory(), **WANTED)


def test_a_coordinator_who_judges_waits_for_the_close(coordinator):
    JurorFactory(contest=coordinator.contest, person=coordinator.person)

    with pytest.raises(NotNow):
        ask(coordinator)


@pytest.mark.parametrize(
    ("kind", "file_format"),
    [(kind, each) for kind, formats in services.FORMATS.items() for each in formats],
)
def test_every_kind_is_written_in_every_format(coordinator, kind, file_format):
    SheetFactory(
        assignment__submission__contest=coordinator.contest,
        sent=True,
        values={"innovation": 9, "success": 8, "social_responsibility": 7},
    )
    export = ask(coordinator, kind=kind, file_format=file_format, reason="Kvietimai")

    runner.run(export.job_id)

    export.job.refresh_from_db()
    assert (export.job.state, export.job.error) == ("done", "")
    assert export.job.file_name.endswith(f".{file_format}")


def test_an_empty_contest_has_a_file_too(coordinator):
    export = ask(coordinator)

    runner.run(export.job_id)

    export.job.refresh_from_db()
    assert export.job.state == "done"


def test_who_no_longer_coordinates_gets_no_file(coordinator):
    export = ask(coordinator)
    coordinator.delete()

    runner.run(export.job_id)

    export.job.refresh_from_db()
    assert (export.job.state, export.job.file_name) == ("failed", "")


def test_who_became_a_juror_meanwhile_gets_no_file(coordinator):
    export = ask(coordinator)
    JurorFactory(contest=coordinator.contest, person=coordinator.person)

    runner.run(export.job_id)

    export.job.refresh_from_db()
    assert export.job.state == "failed"


def test_who_was_disabled_meanwhile_gets_no_file(coordinator):
    export = ask(coordinator)
    coordinator.person.is_active = False
    coordinator.person.save()

    runner.run(export.job_id)

    export.job.refresh_from_db()
    assert export.job.state == "failed"


@pytest.mark.thread
@pytest.mark.django_db(transaction=True)
def test_parallel_clicks_are_one_job():
    coordinator = CoordinatorFactory()

    exports = at_once([lambda: ask(coordinator)] * 4)

    assert len({export.pk for export in exports}) == 1
    assert Job.objects.count() == 1


def test_two_files_are_never_one_job():
    assert ExportFactory().job != ExportFactory().job


# --- Of some entries -----------------------------------------------------------------


def test_a_table_tells_of_the_chosen_entries_alone(coordinator):
    chosen = SubmissionFactory(contest=coordinator.contest)
    SubmissionFactory(contest=coordinator.contest)
    export = ask(coordinator, kind="entries", file_format="csv", entries=[chosen.pk])

    runner.run(export.job_id)

    export.job.refresh_from_db()
    rows = files.path_of(export.job.file_name).read_text("utf-8").splitlines()
    assert [chosen.reference in row for row in rows if "2026-" in row] == [True]


def test_an_archive_holds_the_files_of_the_chosen_entries_alone(coordinator):
    chosen, _other = (
        AttachmentFactory(submission__contest=coordinator.contest) for _ in range(2)
    )
    export = ask(
        coordinator,
        kind="attachments",
        file_format="zip",
        entries=[chosen.submission_id],
    )

    runner.run(export.job_id)

    export.job.refresh_from_db()
    names = ZipFile(files.path_of(export.job.file_name)).namelist()
    reference = chosen.submission.reference
    assert {name.split("/")[0] for name in names if "/" in name} == {reference}


def test_entries_of_another_contest_make_no_file(coordinator):
    own = SubmissionFactory(contest=coordinator.contest)
    foreign = SubmissionFactory(contest__phase="judging")

    with pytest.raises(Invalid) as refusal:
        ask(coordinator, kind="entries", entries=[own.pk, foreign.pk])

    assert [error.code for error in refusal.value.errors] == ["does_not_exist"]
    assert not Job.objects.exists()


def test_a_draft_is_in_no_file(coordinator):
    draft = SubmissionFactory(contest=coordinator.contest, state="draft")

    with pytest.raises(Invalid):
        ask(coordinator, kind="entries", entries=[draft.pk])


def test_a_ranking_is_never_of_some(coordinator):
    entry = SubmissionFactory(contest=coordinator.contest)

    with pytest.raises(Invalid):
        ask(coordinator, entries=[entry.pk])


def test_other_entries_are_another_file(coordinator):
    chosen = SubmissionFactory(contest=coordinator.contest)
    everything = ask(coordinator, kind="entries")
    some = ask(coordinator, kind="entries", entries=[chosen.pk])

    assert everything != some
    assert ask(coordinator, kind="entries", entries=[chosen.pk]) == some
