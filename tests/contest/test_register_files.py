"""A register brought in: dry run, choice, all or nothing, what is told and kept."""

import json
import resource
import threading
import time
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.utils.translation import override
from openpyxl import load_workbook

from audit.models import Event
from contest import register_files, tasks
from contest.phases import Phase
from core import clock
from core.errors import Conflict, Invalid, NotNow, NotYours
from jobs import files as job_files
from jobs import runner
from jobs.models import Job
from organisations import files
from organisations.models import Change, ImportProblem, ImportRun, Organisation
from tests.contest import registers
from tests.factories import (
    ContestFactory,
    CoordinatorFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.organisations.imports import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folders")]


@pytest.fixture
def contest():
    return ContestFactory(phase=Phase.OPEN)


@pytest.fixture
def coordinator(contest):
    return CoordinatorFactory(contest=contest).person


@pytest.fixture
def bring(contest, coordinator, tmp_path):
    """Send a table as a file and let its dry run be done."""

    def send(table, *, name="register.csv", content=None, check=True):
        if content is None:
            make = corpus.as_xlsx if name.endswith("xlsx") else corpus.as_csv
            content = make(table, tmp_path / name).read_bytes()
        run = register_files.request_import(
            contest=contest, file=BytesIO(content), name=name, by=coordinator
        )
        if check:
            runner.run(run.check_job_id)
        return fresh(run)

    return send


@pytest.fixture
def write(contest, coordinator):
    def apply(run, mode="all_or_nothing"):
        run = register_files.request_apply(
            contest=contest, run_id=run.pk, mode=mode, by=coordinator
        )
        runner.run(run.apply_job_id)
        return fresh(run)

    return apply


def fresh(run):
    return ImportRun.objects.select_related("check_job", "apply_job").get(pk=run.pk)


def test_a_dry_run_tells_and_writes_nothing(bring):
    run = bring(registers.rows(3))

    assert run.state == "checked"
    assert run.counts == {
        "rows": 3,
        "new": 3,
        "changed": 0,
        "same": 0,
        "duplicates": 0,
        "errors": 0,
        "problems": 0,
    }
    assert run.facts["columns"]["municipality"] == "Savivaldybė"
    assert run.facts["ignored"] == ["Pastaba"]
    assert Organisation.objects.count() == 0


def test_the_rows_come_into_the_register_as_they_were_meant(bring, write):
    run = write(bring(registers.rows(2), name="a.xlsx"))

    assert run.state == "applied"
    first = Organisation.objects.get(code=corpus.code(30_000_001))
    assert first.name == "Šešuolių 1 kaimo bendruomenė „Žibintas“"
    assert (first.municipality, first.code_state) == ("LT-53", "valid")
    assert first.website == "https://www.example.org"
    assert first in Organisation.objects.found_by("sesuoliu 1 zibintas")
    assert first in Organisation.objects.found_by(first.code)
    assert Change.objects.filter(kind="added").count() == 2


def test_a_second_upload_of_the_same_file_changes_nothing(bring, write):
    table = registers.rows(30)
    table.append(("Be kodo", "", "", "Kelmės r.", *[""] * 8))
    write(bring(table))
    before = list(Organisation.objects.order_by("pk").values())

    again = bring(table)
    written = write(again)

    assert again.counts["same"] == 31
    assert written.state == "applied"
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert Change.objects.count() == 31


def test_a_known_code_changes_what_the_file_says_otherwise(bring, write):
    table = registers.rows(1)
    old = OrganisationFactory(
        name="Senas vardas", code=table[1][1], website="https://old.example.org"
    )

    run = write(bring([registers.HEADER[:2], ("Naujas vardas", table[1][1])]))

    old.refresh_from_db()
    assert run.result["counts"]["changed"] == 1
    assert (old.name, old.version) == ("Naujas vardas", 2)
    assert old.former_names == ["Senas vardas"]
    assert old.website == "https://old.example.org"
    change = Change.objects.get(organisation_id=old.pk)
    assert change.values["name"] == ["Senas vardas", "Naujas vardas"]


def test_all_or_nothing_is_refused_while_there_are_errors(bring, write):
    table = registers.rows(20)
    registers.plant(table, 3)
    run = bring(table)

    with pytest.raises(Conflict) as refused:
        write(run)

    assert refused.value.code == "rows_rejected"
    assert Organisation.objects.count() == 0


def test_good_rows_are_written_and_the_others_given_back(bring, write):
    table = registers.rows(48)
    planted = registers.plant(table, 16)

    run = write(bring(table, name="a.xlsx"), mode="good_rows")

    assert run.state == "applied"
    assert Organisation.objects.count() == 32
    kept = job_files.path_of(run.apply_job.file_name).read_text().splitlines()
    assert {json.loads(line)[0] for line in kept[1:]} == set(planted)


def test_137_of_137_planted_errors_in_10_000_rows_are_named(bring, record_property):
    table = registers.rows(10_000)
    planted = registers.plant(table, 137)
    started = time.monotonic()

    run = bring(table, name="a.xlsx")

    record_property("seconds", round(time.monotonic() - started, 1))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    record_property("megabytes_of_the_worker", used)
    told = {
        row: (column, code)
        for row, column, code in run.problems.values_list("row", "column", "code")
    }
    assert told == planted
    assert run.problems.count() == 137
    rejected = run.counts["errors"] + run.counts["duplicates"]
    assert (run.counts["rows"], rejected) == (10_000, 137)
    assert all(
        problem.received for problem in run.problems.exclude(code="name_missing")
    )


def test_writing_takes_as_many_queries_for_500_rows_as_for_5(
    bring, write, django_assert_max_num_queries
):
    few, many = bring(registers.rows(5)), bring(registers.rows(500))

    with django_assert_max_num_queries(60):
        write(few)
    with django_assert_max_num_queries(60):
        write(many)

    assert Organisation.objects.count() == 500


# --- What the register does meanwhile ----------------------------------------------


def test_what_changed_since_the_dry_run_is_told(bring, write):
    table = registers.rows(3)
    run = bring(table)
    OrganisationFactory(code=table[2][1])

    written = write(run)

    assert written.state == "applied"
    assert written.result["differences"] == [{"row": 3, "was": "new", "now": "changed"}]
    assert written.result["counts"]["changed"] == 1


def test_all_or_nothing_writes_nothing_when_a_row_became_doubtful(bring, write):
    table = registers.rows(3)
    run = bring(table)
    OrganisationFactory(name=table[2][0], municipality="LT-03", code="")
    OrganisationFactory(name=table[1][0], municipality="LT-53", code="")

    written = write(run)

    assert written.state == "not_applied"
    assert written.result["differing"] == 2
    assert Organisation.objects.count() == 2
    assert {p.code for p in ImportProblem.objects.all()} == {"possible_duplicate"}
    assert write(written, mode="good_rows").state == "applied"


def test_a_code_added_in_the_same_moment_is_met_in_a_second_try(
    bring, write, monkeypatch
):
    run = bring(registers.rows(3))
    calls = []
    really = register_files.importing.write

    def raced(*args, **kwargs):
        calls.append(1)
        if len(calls) == 1:
            raise IntegrityError("somebody was quicker")
        return really(*args, **kwargs)

    monkeypatch.setattr(register_files.importing, "write", raced)

    assert write(run).state == "applied"
    assert len(calls) == 2


def test_a_second_attempt_after_the_writing_writes_no_second_time(bring, write):
    run = write(bring(registers.rows(3)))
    Job.objects.filter(pk=run.apply_job_id).update(
        state="queued", finished_at=None, file_name="", file_sha256="", file_size=None
    )

    runner.run(run.apply_job_id)

    assert fresh(run).apply_job.state == "done"
    assert Change.objects.count() == 3
    assert Event.objects.filter(action="contest.write_register").count() == 1


def test_a_worker_that_lost_its_lease_writes_nothing(
    bring, contest, coordinator, monkeypatch
):
    run = register_files.request_apply(
        contest=contest,
        run_id=bring(registers.rows(3)).pk,
        mode="all_or_nothing",
        by=coordinator,
    )
    hold = runner._Work.hold

    def hold_too_late(work):
        Job.objects.filter(pk=work.job_id).update(lease_token=work.job_id)
        hold(work)

    monkeypatch.setattr(runner._Work, "hold", hold_too_late)

    runner.run(run.apply_job_id)

    assert Organisation.objects.count() == 0
    assert fresh(run).applied_at is None


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_write_it_once(bring, contest):
    table = registers.rows(40)
    first = bring(table)
    other = CoordinatorFactory(contest=contest).person
    second = register_files.request_import(
        contest=contest,
        file=BytesIO(files.path_of(first.stored_name).read_bytes()),
        name="b.csv",
        by=other,
    )
    runner.run(second.check_job_id)
    jobs = [
        register_files.request_apply(
            contest=contest, run_id=run.pk, mode="good_rows", by=run.requested_by
        ).apply_job_id
        for run in (first, second)
    ]

    threads = [threading.Thread(target=_run_apart, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Organisation.objects.count() == 40
    assert {fresh(run).state for run in (first, second)} == {"applied"}


def _run_apart(job):
    try:
        runner.run(job)
    finally:
        connection.close()


# --- Refusals, rights, keeping -----------------------------------------------------


def test_what_the_beginning_gives_away_is_refused_at_once(bring):
    words = r"PDF.*\.xlsx.*register"
    with override("en"), pytest.raises(Invalid, match=words) as refused:
        bring([], name="a.xlsx", content=b"%PDF-1.7")

    assert refused.value.errors[0].field == "file"
    assert ImportRun.objects.count() == 0


def test_what_only_reading_shows_is_told_by_the_run(bring):
    run = bring([("Kodas", "Savivaldybė"), ("1", "Kelmės")])

    assert run.state == "refused"
    assert run.refusal["code"] == "no_name_column"
    assert run.refusal["facts"]["received"] == "Kodas, Savivaldybė"


def test_hostile_texts_in_headers_and_cells_can_be_kept(bring, write):
    rows = [["Pavadinimas", "Kas\x07"], ["A\x07", ""], ["=1+1", "\x1b[31m"]]

    run = write(bring(rows), mode="good_rows")

    assert run.facts["ignored"] == ["Kas␇"]
    assert ImportProblem.objects.get().received == "A␇"
    assert Organisation.objects.get().name == "=1+1"


def test_a_double_click_is_one_dry_run(bring):
    runs = [bring(registers.rows(1), check=False) for _ in range(2)]

    assert runs[0] == runs[1]
    assert len(list(files.path_of("").iterdir())) == 1


def test_who_no_longer_coordinates_brings_nothing_in(bring, contest, coordinator):
    run = bring(registers.rows(1), check=False)
    contest.coordinators.all().delete()

    runner.run(run.check_job_id)

    assert fresh(run).state == "failed"
    with pytest.raises(NotYours):
        register_files.request_apply(
            contest=contest, run_id=run.pk, mode="good_rows", by=coordinator
        )


def test_once_judging_is_open_nothing_is_brought_in():
    contest = ContestFactory(phase=Phase.JUDGING)
    person = CoordinatorFactory(contest=contest).person

    with pytest.raises(NotNow):
        register_files.request_import(
            contest=contest, file=BytesIO(b"Pavadinimas\nA"), name="a.csv", by=person
        )


def test_what_was_written_is_not_written_again(bring, write):
    run = write(bring(registers.rows(1)))

    with pytest.raises(Conflict) as refused:
        write(run)

    assert refused.value.code == "not_applicable"


def test_each_run_is_recorded_with_its_counts(bring, write):
    write(bring(registers.rows(2)))

    event = Event.objects.get(action="contest.write_register")
    assert event.details["written"] is True
    assert event.details["counts"]["new"] == 2


def test_files_and_what_stood_in_cells_are_erased_after_their_time(
    bring, write, settings, django_capture_on_commit_callbacks
):
    table = registers.rows(20)
    registers.plant(table, 2)
    run = write(bring(table), mode="good_rows")
    recent = bring(registers.rows(1))
    paths = [
        files.path_of(run.stored_name),
        job_files.path_of(run.check_job.file_name),
        job_files.path_of(run.apply_job.file_name),
    ]
    assert all(path.exists() for path in paths)
    old = clock.now() - settings.IMPORT_KEEP - timedelta(minutes=1)
    ImportRun.objects.filter(pk=run.pk).update(created_at=old)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.erase_register_files()

    run = fresh(run)
    assert [path.exists() for path in paths] == [False] * 3
    assert (run.state, run.result["counts"]["new"]) == ("applied", 18)
    assert run.erased_at is not None
    assert run.problems.count() == 0
    assert files.path_of(fresh(recent).stored_name).exists()


def test_a_stranger_asks_in_vain_for_the_register(contest):
    with pytest.raises(NotYours):
        register_files.request_register_export(
            contest=contest, with_contacts=False, language="lt", by=UserFactory()
        )


# --- Out again ---------------------------------------------------------------------


@pytest.fixture
def export(contest, coordinator):
    def make(**wish):
        made = register_files.request_register_export(
            contest=contest,
            by=coordinator,
            **{"with_contacts": False, "language": "lt", **wish},
        )
        runner.run(made.job_id)
        made.job.refresh_from_db()
        assert made.job.state == "done", made.job.error
        path = job_files.path_of(made.job.file_name)
        return load_workbook(path).active, path

    return make


def test_the_register_goes_out_without_contacts(export):
    OrganisationFactory()

    sheet, path = export()

    assert [cell.value for cell in sheet[1]] == [
        *("Kodas", "Pavadinimas", "Rūšis", "Teisinė forma", "Savivaldybė"),
        *("Apskritis", "Seniūnija", "VVG", "Svetainė"),
    ]
    assert b"example.org" not in path.read_bytes()
    assert sheet["E2"].value == "Kelmės rajono savivaldybė"


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://evil.example","x")',
        "=cmd|' /C calc'!A0",
        "+1+1",
        "@SUM(1)",
        "#REF!",
        "a_x0041_b",
        "<b>&amp;",
        "\u202egnp.exe",
    ],
)
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_text_is_never_a_formula(export, name, language):
    organisation = OrganisationFactory.build(name=name)
    organisation.set_name(name)
    organisation.save()

    sheet, _path = export(language=language)

    assert sheet["B2"].value.replace("_x005F_", "_") == name
    assert sheet["B2"].data_type == "s"


def test_what_goes_out_comes_in_again_unchanged(bring, write, export):
    write(bring(registers.rows(12)))
    OrganisationFactory(name="=1+1 _x0041_", legal_form="association")

    _sheet, path = export(with_contacts=True)
    again = bring([], name="again.xlsx", content=path.read_bytes())

    assert again.counts["same"] == 13, list(again.problems.values())
    assert again.facts["ignored"] == []


def test_contacts_are_another_right_and_are_recorded(export):
    OrganisationFactory()

    sheet, _path = export(with_contacts=True)

    assert sheet["K2"].value.endswith("@example.org")
    event = Event.objects.get(action="contest.export_register")
    assert event.details["with_contacts"] is True
    early = ContestFactory(phase=Phase.SET_UP)
    with pytest.raises(NotNow):
        register_files.request_register_export(
            contest=early,
            with_contacts=True,
            language="lt",
            by=CoordinatorFactory(contest=early).person,
        )


def test_an_uploaded_file_object_is_taken_as_it_is(contest, coordinator):
    upload = SimpleUploadedFile("../../ą b.csv", b"Pavadinimas\nA\n")

    run = register_files.request_import(
        contest=contest, file=upload, name=upload.name, by=coordinator
    )

    assert run.file_name == "ą b.csv"
    assert "/" not in run.stored_name
